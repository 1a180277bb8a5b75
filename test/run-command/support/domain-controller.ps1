# A domain controller on which the scripts run under any PowerShell: what only Windows has, over the facts of $env:FAKE_WORLD.
# Each cmdlet takes the parameters that Windows' own takes, and no others. What was called goes to $env:FAKE_CALLS.

$fake = ConvertFrom-Json -InputObject (Get-Content -Raw -LiteralPath $env:FAKE_WORLD)
$fakeTrusts = [System.Collections.ArrayList] @($fake.trusts)
$fakeZones = [System.Collections.ArrayList] @($fake.zones)
$fakeTypes = ''

# Windows' own exception of that name: it carries the code of Win32.
class ActiveDirectoryOperationException : System.Exception {
    [int] $ErrorCode
    ActiveDirectoryOperationException([string] $message, [int] $code) : base($message) {
        $this.ErrorCode = $code
    }
}

enum TrustDirection {
    Inbound = 1
    Outbound = 2
    Bidirectional = 3
}

# Writes the call down, and fails where the world says that this call does.
function Enter-Call {
    param([string] $Name, [object[]] $Arguments = @())
    $words = @($Arguments | ForEach-Object { [string] $_ })
    $call = ConvertTo-Json -InputObject (@($Name) + $words) -Compress
    Add-Content -LiteralPath $env:FAKE_CALLS -Value $call
    $failure = $fake.failures.PSObject.Properties[$Name]
    if ($null -eq $failure) {
        return
    }
    $message = $failure.Value.message
    if ($failure.Value.PSObject.Properties['code']) {
        $inner = [ActiveDirectoryOperationException]::new($message, $failure.Value.code)
    } else {
        $inner = New-Object -TypeName $failure.Value.type -ArgumentList $message
    }
    throw [System.Management.Automation.MethodInvocationException]::new("Exception calling `"$Name`": `"$message`"", $inner)
}

class Side {
    [string] $Kind

    [void] CreateLocalSideOfTrustRelationship([string] $name, [TrustDirection] $direction, [string] $password) {
        Enter-Call -Name 'CreateLocalSideOfTrustRelationship' -Arguments @($this.Kind, $name, $direction, $password)
        $null = $script:fakeTrusts.Add([pscustomobject] @{
                Target = $name.ToUpperInvariant()
                Direction = ([string] $direction).Replace('Bidirectional', 'BiDirectional')
                ForestTransitive = $this.Kind -eq 'Forest'
                SelectiveAuthentication = $false
                IntraForest = $false
                TrustType = 'Uplevel'
            })
    }

    [void] UpdateLocalSideOfTrustRelationship([string] $name, [string] $password) {
        Enter-Call -Name 'UpdateLocalSideOfTrustRelationship' -Arguments @($this.Kind, $name, $password)
    }

    [void] SetSelectiveAuthenticationStatus([string] $name, [bool] $enable) {
        Enter-Call -Name 'SetSelectiveAuthenticationStatus' -Arguments @($this.Kind, $name, $enable)
        $script:fakeTrusts[0].SelectiveAuthentication = $enable
    }

    [void] VerifyOutboundTrustRelationship([string] $name) {
        Enter-Call -Name 'VerifyOutboundTrustRelationship' -Arguments @($this.Kind, $name)
    }
}

function Get-OwnForest {
    return [Side] @{ Kind = 'Forest' }
}

function Get-OwnDomain {
    return [Side] @{ Kind = 'Domain' }
}

function Get-ADTrust {
    [CmdletBinding()] param([Parameter(Mandatory)] [string] $Filter)
    Enter-Call -Name 'Get-ADTrust'
    return $script:fakeTrusts
}

function Get-CimInstance {
    [CmdletBinding()] param([Parameter(Mandatory)] [string] $ClassName)
    return $fake.computer
}

function Get-ADDomain {
    [CmdletBinding()] param([ValidateSet('LocalComputer', 'LoggedOnUser')] [string] $Current)
    Enter-Call -Name 'Get-ADDomain'
    return $fake.domain
}

function Get-ADForest {
    [CmdletBinding()] param([ValidateSet('LocalComputer', 'LoggedOnUser')] [string] $Current)
    return $fake.forest
}

function Get-ADDomainController {
    [CmdletBinding()] param($Identity)
    return $fake.controller
}

function Get-ADUser {
    [CmdletBinding()] param([int] $ResultSetSize, [string] $LDAPFilter)
    return $fake.users | Select-Object -First $ResultSetSize
}

function Get-ItemProperty {
    [CmdletBinding()] param([string] $Path)
    return $fake.registry
}

function Resolve-DnsName {
    [CmdletBinding()] param([string] $Name, [string] $Type, [string] $Server, [switch] $DnsOnly)
    Enter-Call -Name 'Resolve-DnsName' -Arguments @($Name, $Type, $Server)
    $answers = $fake.dns.PSObject.Properties[$Server]
    if ($null -eq $answers) {
        Write-Error -Message "$Name : DNS server failure"
        return
    }
    return $answers.Value
}

function w32tm.exe {
    return $fake.clock
}

function Get-TrustPort {
    return $fake.portsToTry
}

function Get-DnsServerZone {
    [CmdletBinding()] param()
    return $script:fakeZones
}

function Add-DnsServerConditionalForwarderZone {
    [CmdletBinding()] param([string] $Name, [ipaddress[]] $MasterServers, [string] $ReplicationScope)
    Enter-Call -Name 'Add-DnsServerConditionalForwarderZone' -Arguments (@($Name, $ReplicationScope) + $MasterServers)
    $zone = [pscustomobject] @{ ZoneName = $Name; ZoneType = 'Forwarder'; IsDsIntegrated = $true; MasterServers = $MasterServers }
    $null = $script:fakeZones.Add($zone)
    return $zone
}

function Set-DnsServerConditionalForwarderZone {
    [CmdletBinding(DefaultParameterSetName = 'Servers')] param(
        [string] $Name,
        [Parameter(Mandatory, ParameterSetName = 'Servers')] [ipaddress[]] $MasterServers,
        [Parameter(Mandatory, ParameterSetName = 'Scope')] [string] $ReplicationScope
    )
    $zone = $script:fakeZones | Where-Object { $_.ZoneName -eq $Name }
    if ($ReplicationScope) {
        Enter-Call -Name 'Set-DnsServerConditionalForwarderZone' -Arguments @($Name, $ReplicationScope)
        $zone.IsDsIntegrated = $true
    } else {
        Enter-Call -Name 'Set-DnsServerConditionalForwarderZone' -Arguments (@($Name) + $MasterServers)
        $zone.MasterServers = $MasterServers
    }
    return $zone
}

function Clear-DnsServerCache {
    [CmdletBinding()] param([switch] $Force)
    Enter-Call -Name 'Clear-DnsServerCache' -Arguments @($Force)
}

function Clear-DnsClientCache {
    [CmdletBinding()] param()
    Enter-Call -Name 'Clear-DnsClientCache'
}

function ksetup.exe {
    Enter-Call -Name 'ksetup.exe' -Arguments $args
    if ($args[0] -eq '/setenctypeattr') {
        if ($fake.encryption) {
            $script:fakeTypes = ($args | Select-Object -Skip 2) -join ' '
            return "Setting enctypes for domain $($args[1]) to: $script:fakeTypes"
        }
        return 'Failed to set the types: 0xc0000034'
    }
    return "Enctypes for domain $($args[1]): $script:fakeTypes"
}

if ($fake.secretsTool -eq 'module') {
    function Get-SECSecretValue {
        [CmdletBinding()] param([string] $SecretId, [string] $Region)
        Enter-Call -Name 'Get-SECSecretValue' -Arguments @($SecretId, $Region)
        return [pscustomobject] @{ SecretString = $fake.secret }
    }
}

if ($fake.secretsTool -eq 'program') {
    function aws.exe {
        Enter-Call -Name 'aws.exe' -Arguments $args
        $global:LASTEXITCODE = $fake.exitCode
        return $fake.secret
    }
}

foreach ($name in $fake.missing) {
    Remove-Item -LiteralPath "function:$name"
}
