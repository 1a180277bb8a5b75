# Reads this side of the trust back and, where this forest trusts the directory, verifies it.

# Only an outbound half can be verified from here; an inbound one answers that its direction is wrong.
function Confirm-Outbound {
    param([string] $DirectoryName, [string] $TrustType)
    try {
        (Get-OwnSide -TrustType $TrustType).VerifyOutboundTrustRelationship($DirectoryName)
    } catch {
        $message = "The trust with $DirectoryName could not be verified from here: " +
            "$(Format-Exception -Exception $_.Exception.GetBaseException()). " +
            'Check that both halves have the same password and that the directory is reachable, then redrive the execution.'
        Stop-Script -Reason 'not-verified' -Message $message
    }
}

function Invoke-Script {
    $directoryName = Get-Parameter -Name 'DirectoryName'
    $trustType = Get-Parameter -Name 'TrustType'
    $direction = Get-Parameter -Name 'Direction'
    $half = Find-Half -DirectoryName $directoryName
    Assert-Half -Half $half -DirectoryName $directoryName -Direction $direction -TrustType $trustType
    $verified = $null
    if ($direction -ne 'Inbound') {
        Confirm-Outbound -DirectoryName $directoryName -TrustType $trustType
        $verified = $true
    }
    return [ordered] @{ status = 'done'; half = $half; verified = $verified }
}
