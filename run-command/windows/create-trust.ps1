# Makes this side of the trust, or gives it a new password. Only the ARN of the password's secret comes in.

function Test-Tool {
    param([string] $Name)
    return $null -ne (Get-Command -Name $Name -ErrorAction 'SilentlyContinue')
}

function Read-SecretByModule {
    param([string] $SecretArn, [string] $Region)
    (Get-SECSecretValue -SecretId $SecretArn -Region $Region).SecretString
}

function Read-SecretByProgram {
    param([string] $SecretArn, [string] $Region)
    & 'aws.exe' 'secretsmanager' 'get-secret-value' '--secret-id' $SecretArn '--region' $Region '--query' 'SecretString' '--output' 'text'
}

function Set-EncryptionType {
    param([string] $DirectoryName)
    & 'ksetup.exe' '/setenctypeattr' $DirectoryName 'AES128-CTS-HMAC-SHA1-96' 'AES256-CTS-HMAC-SHA1-96'
}

function Get-EncryptionType {
    param([string] $DirectoryName)
    & 'ksetup.exe' '/getenctypeattr' $DirectoryName
}

# Read without ConvertFrom-Json: module logging writes every argument of a cmdlet to the event log.
function Read-PasswordField {
    param([string] $Text)
    Add-Type -AssemblyName 'System.Runtime.Serialization'
    $bytes = [System.Text.Encoding]::UTF8.GetBytes($Text)
    $quotas = [System.Xml.XmlDictionaryReaderQuotas]::Max
    $document = New-Object -TypeName 'System.Xml.XmlDocument'
    try {
        $document.Load([System.Runtime.Serialization.Json.JsonReaderWriterFactory]::CreateJsonReader($bytes, $quotas))
    } catch {
        # What the parser says may quote the secret.
        return ''
    }
    $field = $document.SelectSingleNode('/root[@type="object"]/password[@type="string"]')
    if ($null -eq $field) {
        return ''
    }
    return $field.InnerText
}

# The text of the secret, read under this machine's own role.
function Read-Secret {
    param([string] $SecretArn)
    $region = $SecretArn.Split(':')[3]
    if (Test-Tool -Name 'Get-SECSecretValue') {
        return Read-SecretByModule -SecretArn $SecretArn -Region $region
    }
    if (-not (Test-Tool -Name 'aws.exe')) {
        $message = 'Neither Get-SECSecretValue nor aws.exe is present. Install AWS.Tools.SecretsManager or the AWS CLI on this domain controller.'
        Stop-Script -Reason 'no-secrets-tool' -Message $message
    }
    $text = @(Read-SecretByProgram -SecretArn $SecretArn -Region $region) -join ''
    if ($LASTEXITCODE -ne 0) {
        throw "aws.exe ended with exit code $LASTEXITCODE; its own words are in the standard error of this command."
    }
    return $text
}

# A plain text on purpose: a SecureString given to these methods becomes the name of its type, a password anybody can guess.
function Read-TrustPassword {
    param([string] $SecretArn)
    try {
        $text = Read-Secret -SecretArn $SecretArn
    } catch {
        if ($_.Exception.Data.Contains('reason')) {
            throw
        }
        $message = "The secret $SecretArn could not be read: $(Format-Exception -Exception $_.Exception.GetBaseException()). " +
            'Allow this machine''s role secretsmanager:GetSecretValue on it, and kms:Decrypt on its key.'
        Stop-Script -Reason 'secret-unreadable' -Message $message
    }
    $password = Read-PasswordField -Text $text
    if ($password -eq '') {
        $message = "The secret $SecretArn holds no JSON object with a password. Start a new execution, which makes a new secret."
        Stop-Script -Reason 'secret-malformed' -Message $message
    }
    return $password
}

# Judged by what can be read back, because ksetup does not say by its exit code whether it worked.
function Set-AesEncryption {
    param([string] $DirectoryName)
    $said = @(Set-EncryptionType -DirectoryName $DirectoryName) -join ' '
    $types = @(Get-EncryptionType -DirectoryName $DirectoryName) -join ' '
    if ($types -notmatch 'AES256-CTS-HMAC-SHA1-96') {
        $message = "The trust with $DirectoryName could not be set to AES encryption: $said $types Set it by ksetup, then redrive the execution."
        Stop-Script -Reason 'encryption-types' -Message $message
    }
}

function Invoke-Script {
    $directoryName = Get-Parameter -Name 'DirectoryName'
    $trustType = Get-Parameter -Name 'TrustType'
    $direction = Get-Parameter -Name 'Direction'
    $selective = (Get-Parameter -Name 'SelectiveAuthentication') -eq 'true'
    $secretArn = Get-Parameter -Name 'SecretArn'
    $action = Get-Parameter -Name 'Action'
    $mayChange = (Get-Parameter -Name 'MayChange') -eq 'true'

    $half = Find-Half -DirectoryName $directoryName
    if ($null -ne $half -or $action -eq 'reset') {
        Assert-Half -Half $half -DirectoryName $directoryName -Direction $direction -TrustType $trustType
    }
    if ($null -ne $half -and -not $mayChange) {
        $message = "A trust with $directoryName exists, and Forestbridge did not make it. Without its password no other half " +
            'can be made that fits: remove that trust, then redrive the execution.'
        Stop-Script -Status 'conflict' -Reason 'half-exists' -Message $message
    }
    $password = Read-TrustPassword -SecretArn $secretArn
    $side = Get-OwnSide -TrustType $trustType
    try {
        if ($null -eq $half) {
            $side.CreateLocalSideOfTrustRelationship($directoryName, $direction, $password)
        }
        Set-AesEncryption -DirectoryName $directoryName
        # AES keys are made when a password is set, so it is set after the types; an equal half of an earlier run gets ours.
        $side.UpdateLocalSideOfTrustRelationship($directoryName, $password)
    } finally {
        $password = $null
    }
    # Selective authentication guards what this forest trusts others with; an inbound half trusts nobody.
    $half = Find-Half -DirectoryName $directoryName
    Assert-Half -Half $half -DirectoryName $directoryName -Direction $direction -TrustType $trustType
    if ($direction -ne 'Inbound' -and $half.selectiveAuthentication -ne $selective) {
        $side.SetSelectiveAuthenticationStatus($directoryName, $selective)
        $half = Find-Half -DirectoryName $directoryName
    }
    return [ordered] @{ status = 'done'; half = $half; changed = $true }
}
