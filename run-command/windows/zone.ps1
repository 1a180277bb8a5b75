# What this domain controller's DNS server knows of a name.

function Get-Zone {
    Get-DnsServerZone
}

# The zone of exactly that name, or nothing.
function Find-Zone {
    param([string] $Name)
    $found = @(Get-Zone | Where-Object { $_.ZoneName -eq $Name })
    if ($found.Count -eq 0) {
        return $null
    }
    return $found[0]
}

function Get-MasterServer {
    param($Zone)
    return $Zone.MasterServers | ForEach-Object { [string] $_ }
}
