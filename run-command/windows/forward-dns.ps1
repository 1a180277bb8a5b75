# Forwards the directory's name to its DNS servers, on every DNS server of this domain.

function Add-Forwarder {
    param([string] $Name, [string[]] $Servers)
    Add-DnsServerConditionalForwarderZone -Name $Name -MasterServers $Servers -ReplicationScope 'Domain'
}

function Set-ForwarderServer {
    param([string] $Name, [string[]] $Servers)
    Set-DnsServerConditionalForwarderZone -Name $Name -MasterServers $Servers
}

# The servers and the scope are two parameter sets of one cmdlet.
function Set-ForwarderScope {
    param([string] $Name)
    Set-DnsServerConditionalForwarderZone -Name $Name -ReplicationScope 'Domain'
}

function Clear-ServerCache {
    Clear-DnsServerCache -Force
}

function Clear-ClientCache {
    Clear-DnsClientCache
}

# What differs between the zone and the forwarder that is wanted; an empty text where nothing does.
function Get-Difference {
    param($Zone, [string[]] $Servers)
    $present = (Get-MasterServer -Zone $Zone | Sort-Object) -join ', '
    if ($present -ne (($Servers | Sort-Object) -join ', ')) {
        return "forwards to $present instead of $($Servers -join ', ')"
    }
    if (-not $Zone.IsDsIntegrated) {
        return 'is kept by this DNS server alone'
    }
    return ''
}

# Makes the forwarder what is wanted and says whether anything was changed.
function Set-Forwarder {
    param([string] $Name, [string[]] $Servers, [bool] $MayChange)
    $zone = Find-Zone -Name $Name
    if ($null -eq $zone) {
        $null = Add-Forwarder -Name $Name -Servers $Servers
        return $true
    }
    if ([string] $zone.ZoneType -ne 'Forwarder') {
        $message = "The DNS server already holds $Name as a zone of type $($zone.ZoneType), which answers in place of the " +
            'directory. Remove that zone, or choose another name for the directory.'
        Stop-Script -Status 'conflict' -Reason 'zone-exists' -Message $message
    }
    $difference = Get-Difference -Zone $zone -Servers $Servers
    if ($difference -eq '') {
        return $false
    }
    if (-not $MayChange) {
        $message = "A conditional forwarder for $Name exists and $difference. Forestbridge did not make it: change or remove it, then redrive."
        Stop-Script -Status 'conflict' -Reason 'forwarder-differs' -Message $message
    }
    $null = Set-ForwarderServer -Name $Name -Servers $Servers
    if (-not $zone.IsDsIntegrated) {
        $null = Set-ForwarderScope -Name $Name
    }
    return $true
}

function Invoke-Script {
    $name = Get-Parameter -Name 'DirectoryName'
    $servers = (Get-Parameter -Name 'DirectoryDnsIpAddresses').Split(',')
    $mayChange = (Get-Parameter -Name 'MayChange') -eq 'true'
    $changed = Set-Forwarder -Name $name -Servers $servers -MayChange $mayChange
    if ($changed) {
        # Either cache may still hold the answer that there is no such name.
        $null = Clear-ServerCache
        $null = Clear-ClientCache
    }
    $forwarder = [string[]] @(Get-MasterServer -Zone (Find-Zone -Name $name))
    return [ordered] @{ status = 'done'; forwarder = $forwarder; changed = $changed }
}
