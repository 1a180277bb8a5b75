# Gathers facts for the judgement made in AWS; changes nothing.

function Get-Computer {
    Get-CimInstance -ClassName 'Win32_ComputerSystem'
}

function Get-OwnDomainFact {
    Get-ADDomain -Current 'LocalComputer'
}

function Get-OwnForestFact {
    Get-ADForest -Current 'LocalComputer'
}

function Get-OwnControllerFact {
    Get-ADDomainController -Identity $env:COMPUTERNAME
}

# Enabled accounts that do not require Kerberos pre-authentication; the count is capped.
function Get-UserWithoutPreauthentication {
    Get-ADUser -ResultSetSize 1000 -LDAPFilter '(&(userAccountControl:1.2.840.113556.1.4.803:=4194304)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))'
}

function Get-FileServerSetting {
    Get-ItemProperty -Path 'HKLM:\SYSTEM\CurrentControlSet\Services\LanmanServer\Parameters'
}

# Errors become no answer; a missing cmdlet remains an error.
function Resolve-DirectoryService {
    param([string] $DirectoryName, [string] $Server)
    Resolve-DnsName -Name "_ldap._tcp.dc._msdcs.$DirectoryName" -Type 'SRV' -Server $Server -DnsOnly -ErrorAction 'SilentlyContinue'
}

function Read-ClockOffset {
    param([string] $Server)
    & 'w32tm.exe' '/stripchart' "/computer:$Server" '/samples:1' '/dataonly'
}

function Get-TrustPort {
    return @(53, 88, 135, 389, 445, 464, 636, 3268, 3269)
}

function Get-NullSessionPipe {
    $property = (Get-FileServerSetting).PSObject.Properties['NullSessionPipes']
    if ($null -ne $property) {
        return $property.Value | Where-Object { $_ }
    }
}

function Test-SecretsTool {
    return @(Get-Command -Name @('Get-SECSecretValue', 'aws.exe') -ErrorAction 'SilentlyContinue').Count -gt 0
}

# Which DNS server of the directory answers for the directory's own controllers.
function Test-DirectoryName {
    param([string] $DirectoryName, [string[]] $Servers)
    $names = [ordered] @{}
    foreach ($server in $Servers) {
        $records = @(Resolve-DirectoryService -DirectoryName $DirectoryName -Server $server | Where-Object { [string] $_.Type -eq 'SRV' })
        $names[$server] = $records.Count -gt 0
    }
    return $names
}

# All connections are tried at once, so that the filtered ones cost their timeout once and not one after another.
function Test-DirectoryPort {
    param([string[]] $Servers, [int] $Milliseconds = 3000)
    $attempts = foreach ($server in $Servers) {
        foreach ($port in Get-TrustPort) {
            $client = New-Object -TypeName 'System.Net.Sockets.TcpClient'
            @{ Server = $server; Port = [string] $port; Client = $client; Task = $client.ConnectAsync($server, $port) }
        }
    }
    $ports = [ordered] @{}
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    foreach ($attempt in $attempts) {
        $left = [Math]::Max(0, $Milliseconds - $watch.ElapsedMilliseconds)
        try {
            $open = $attempt.Task.Wait([int] $left)
        } catch {
            $open = $false
        }
        $attempt.Client.Close()
        if (-not $ports.Contains($attempt.Server)) {
            $ports[$attempt.Server] = [ordered] @{}
        }
        $ports[$attempt.Server][$attempt.Port] = $open
    }
    return $ports
}

# The offset to the first server that answers, in seconds; nothing where none does.
function Measure-ClockSkew {
    param([string[]] $Servers)
    foreach ($server in $Servers) {
        $said = @(Read-ClockOffset -Server $server) -join ' '
        if ($said -match '([+-][0-9]+\.[0-9]+)s') {
            return [double]::Parse($Matches[1], [System.Globalization.CultureInfo]::InvariantCulture)
        }
    }
    return $null
}

function Get-Forwarder {
    param([string] $Name)
    $zone = Find-Zone -Name $Name
    if ($null -ne $zone -and [string] $zone.ZoneType -eq 'Forwarder') {
        return Get-MasterServer -Zone $zone
    }
}

function Add-DomainFact {
    param($Facts)
    $domain = Get-OwnDomainFact
    $forest = Get-OwnForestFact
    $Facts.domainName = [string] $domain.DNSRoot
    $Facts.shortName = [string] $domain.NetBIOSName
    $Facts.forestRootDomain = [string] $forest.RootDomain
    $Facts.forestMode = [string] $forest.ForestMode
    $Facts.site = [string] (Get-OwnControllerFact).Site
    $Facts.nullSessionPipes = [string[]] @(Get-NullSessionPipe)
    $Facts.usersWithoutPreauthentication = @(Get-UserWithoutPreauthentication).Count
}

function Add-DirectoryFact {
    param($Facts, [string] $DirectoryName)
    $Facts.half = Find-Half -DirectoryName $DirectoryName
    $forwarder = @(Get-Forwarder -Name $DirectoryName)
    if ($forwarder.Count -gt 0) {
        $Facts.forwarder = [string[]] $forwarder
    }
}

function Add-NetworkFact {
    param($Facts, [string] $DirectoryName, [string[]] $Servers)
    $Facts.names = Test-DirectoryName -DirectoryName $DirectoryName -Servers $Servers
    $Facts.ports = Test-DirectoryPort -Servers $Servers
    $Facts.clockSkewSeconds = Measure-ClockSkew -Servers $Servers
}

function Invoke-Script {
    # Both parameters below may be empty, so this one tells whether the agent passes any.
    $null = Get-Parameter -Name 'PassedIn'
    $directoryName = Get-OptionalParameter -Name 'DirectoryName'
    $addresses = Get-OptionalParameter -Name 'DirectoryDnsIpAddresses'
    $computer = Get-Computer
    $facts = [ordered] @{
        status = 'done'
        domainName = [string] $computer.Domain
        shortName = ''
        forestRootDomain = ''
        isDomainController = $computer.DomainRole -ge 4
        forestMode = ''
        site = ''
        secretsTool = Test-SecretsTool
        nullSessionPipes = [string[]] @()
        usersWithoutPreauthentication = 0
        half = $null
        forwarder = $null
        names = @{}
        ports = @{}
        clockSkewSeconds = $null
    }
    if ($facts.isDomainController) {
        Add-DomainFact -Facts $facts
        if ($directoryName -ne '') {
            Add-DirectoryFact -Facts $facts -DirectoryName $directoryName
        }
    }
    if ($directoryName -ne '' -and $addresses -ne '') {
        Add-NetworkFact -Facts $facts -DirectoryName $directoryName -Servers $addresses.Split(',')
    }
    return $facts
}
