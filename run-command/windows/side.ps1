# What can change or verify this side of a trust: the forest for a forest trust, the domain for an external one.

function Get-OwnForest {
    [System.DirectoryServices.ActiveDirectory.Forest]::GetCurrentForest()
}

function Get-OwnDomain {
    [System.DirectoryServices.ActiveDirectory.Domain]::GetCurrentDomain()
}

function Get-OwnSide {
    param([string] $TrustType)
    if ($TrustType -eq 'Forest') {
        return Get-OwnForest
    }
    return Get-OwnDomain
}

# Stops where the half is missing, or is not the one that was asked for.
function Assert-Half {
    param($Half, [string] $DirectoryName, [string] $Direction, [string] $TrustType)
    if ($null -eq $Half) {
        $message = "No trust with $DirectoryName is known here. If it was made a moment ago, it may not have replicated " +
            'to this domain controller yet: redrive the execution. If it was removed, start a new one.'
        Stop-Script -Reason 'half-missing' -Message $message
    }
    if ($Half.direction -ne $Direction -or $Half.type -ne $TrustType) {
        $message = "The trust with $DirectoryName is $($Half.type), $($Half.direction); asked for is $TrustType, $Direction. " +
            'Neither can be changed in place: remove that trust, or ask for what it is.'
        Stop-Script -Status 'conflict' -Reason 'half-differs' -Message $message
    }
}
