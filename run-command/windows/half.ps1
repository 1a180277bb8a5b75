# This domain's half of a trust, as the company's directory knows it.

function Get-DomainTrust {
    Get-ADTrust -Filter '*'
}

# The half toward that domain, or nothing.
function Find-Half {
    param([string] $DirectoryName)
    $found = @(Get-DomainTrust | Where-Object { $_.Target -eq $DirectoryName })
    if ($found.Count -eq 0) {
        return $null
    }
    $trust = $found[0]
    $directions = @{ Inbound = 'Inbound'; Outbound = 'Outbound'; BiDirectional = 'Bidirectional' }
    $direction = [string] $trust.Direction
    if ($trust.IntraForest -or [string] $trust.TrustType -ne 'Uplevel' -or -not $directions.ContainsKey($direction)) {
        $message = "A trust with $DirectoryName exists, of type $($trust.TrustType) and direction $direction, and is " +
            'neither a forest trust nor an external one. Remove it, or choose another directory name.'
        Stop-Script -Status 'conflict' -Reason 'other-kind-of-trust' -Message $message
    }
    $type = 'External'
    if ($trust.ForestTransitive) {
        $type = 'Forest'
    }
    return [ordered] @{
        direction = $directions[$direction]
        type = $type
        selectiveAuthentication = [bool] $trust.SelectiveAuthentication
    }
}
