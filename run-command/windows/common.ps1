# Shared by every Forestbridge document: parameters come from the environment, never from the script's text,
# and the last line of standard output is the result, one JSON object.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Ends the script with a result that names the cause and the next move.
function Stop-Script {
    param([string] $Reason, [string] $Message, [string] $Status = 'failed')
    $exception = New-Object -TypeName 'System.InvalidOperationException' -ArgumentList $Message
    $exception.Data['status'] = $Status
    $exception.Data['reason'] = $Reason
    throw $exception
}

# Windows keeps no empty environment variables, so an empty parameter and an absent one look the same.
function Get-OptionalParameter {
    param([string] $Name)
    return [string] [Environment]::GetEnvironmentVariable("SSM_$Name")
}

function Get-Parameter {
    param([string] $Name)
    $value = Get-OptionalParameter -Name $Name
    if ($value -eq '') {
        $message = "The agent did not set SSM_$Name, so nothing was done. Update the SSM agent to 3.3.2746.0 or newer."
        Stop-Script -Reason 'parameter-missing' -Message $message
    }
    return $value
}

# The Win32 code inside an exception: ErrorCode where there is one, else what HResult carries.
function Get-ErrorCode {
    param([Exception] $Exception)
    $property = $Exception.PSObject.Properties['ErrorCode']
    if ($null -ne $property -and $property.Value -is [int]) {
        $code = $property.Value
    } else {
        $code = $Exception.HResult
    }
    if (($code -band 0xFFFF0000) -eq 0x80070000) {
        return $code -band 0xFFFF
    }
    return $code
}

function Format-Exception {
    param([Exception] $Exception)
    $code = '0x{0:X8}' -f $Exception.HResult
    $said = ($Exception.Message -replace '\s+', ' ').Trim()
    return "$said ($($Exception.GetType().FullName), $code, code $(Get-ErrorCode -Exception $Exception))"
}

# The short code and the next move for what Windows answers most often here.
function Get-Cause {
    param([Exception] $Exception)
    $network = 'Check the forwarder, the routes and the firewalls between this domain controller and the directory.'
    if ($Exception -is [System.Management.Automation.CommandNotFoundException]) {
        return @('command-missing', 'Install the management tools of Active Directory and DNS on this domain controller.')
    }
    switch (Get-ErrorCode -Exception $Exception) {
        5 { return @('access-denied', 'Use a domain controller of the root domain of the forest, where the agent runs as SYSTEM.') }
        53 { return @('unreachable', $network) }
        1311 { return @('unreachable', $network) }
        1722 { return @('unreachable', $network) }
        1212 { return @('domain-not-found', $network) }
        1355 { return @('domain-not-found', $network) }
        default { return @('unexpected', 'Mend that on the domain controller, then redrive the execution.') }
    }
}

function ConvertTo-FailedResult {
    param([System.Management.Automation.ErrorRecord] $ErrorRecord)
    $exception = $ErrorRecord.Exception.GetBaseException()
    if ($exception.Data.Contains('reason')) {
        return [ordered] @{
            status = $exception.Data['status']
            reason = $exception.Data['reason']
            message = $exception.Message
        }
    }
    $cause = Get-Cause -Exception $exception
    return [ordered] @{
        status = 'failed'
        reason = $cause[0]
        message = "`"$($ErrorRecord.InvocationInfo.Line.Trim())`" failed: $(Format-Exception -Exception $exception). $($cause[1])"
    }
}

# Not Write-Output, which may wrap at the width of a console, and only ASCII, whatever the code page.
function Write-Result {
    param($Result)
    $json = ConvertTo-Json -InputObject $Result -Compress -Depth 5
    $escape = { param($match) '\u{0:x4}' -f [int] [char] $match.Value }
    [Console]::Out.WriteLine([regex]::Replace($json, '[^\x20-\x7E]', $escape))
}

# Invoke-Script is the document's own part.
function Invoke-Main {
    try {
        $result = Invoke-Script
    } catch {
        $result = ConvertTo-FailedResult -ErrorRecord $_
    }
    Write-Result -Result $result
    if ($result.status -eq 'failed') {
        exit 1
    }
    exit 0
}
