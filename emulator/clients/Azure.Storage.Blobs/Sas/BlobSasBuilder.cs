using System.ComponentModel;

namespace Azure.Storage.Sas;

/// <summary>Describes a link to a blob or a container, and signs it with the account key.</summary>
/// <remarks>Source: "Create a service SAS", version 2020-12-06 and later (16 lines to sign).</remarks>
public class BlobSasBuilder
{
    private const string Order = "racwdxyltfmei";

    public BlobSasBuilder()
    {
    }

    public BlobSasBuilder(BlobSasPermissions permissions, DateTimeOffset expiresOn)
    {
        ExpiresOn = expiresOn;
        SetPermissions(permissions);
    }

    public BlobSasBuilder(BlobContainerSasPermissions permissions, DateTimeOffset expiresOn)
    {
        ExpiresOn = expiresOn;
        SetPermissions(permissions);
    }

    /// <summary>Ignored: the library signs with its own version.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public string? Version { get; set; }
    public SasProtocol Protocol { get; set; }
    public DateTimeOffset StartsOn { get; set; }
    public DateTimeOffset ExpiresOn { get; set; }
    public string? Permissions { get; private set; }
    public SasIPRange IPRange { get; set; }
    public string? Identifier { get; set; }
    public string? BlobContainerName { get; set; }

    /// <summary>Empty for a link to the whole container.</summary>
    public string? BlobName { get; set; }
    public string? Resource { get; set; }
    public string? CacheControl { get; set; }
    public string? ContentDisposition { get; set; }
    public string? ContentEncoding { get; set; }
    public string? ContentLanguage { get; set; }
    public string? ContentType { get; set; }

    public void SetPermissions(BlobSasPermissions permissions) => Permissions = Text(
        (permissions.HasFlag(BlobSasPermissions.Read), 'r'), (permissions.HasFlag(BlobSasPermissions.Add), 'a'),
        (permissions.HasFlag(BlobSasPermissions.Create), 'c'), (permissions.HasFlag(BlobSasPermissions.Write), 'w'),
        (permissions.HasFlag(BlobSasPermissions.Delete), 'd'), (permissions.HasFlag(BlobSasPermissions.DeleteBlobVersion), 'x'),
        (permissions.HasFlag(BlobSasPermissions.PermanentDelete), 'y'), (permissions.HasFlag(BlobSasPermissions.List), 'l'),
        (permissions.HasFlag(BlobSasPermissions.Tag), 't'), (permissions.HasFlag(BlobSasPermissions.Move), 'm'),
        (permissions.HasFlag(BlobSasPermissions.Execute), 'e'), (permissions.HasFlag(BlobSasPermissions.SetImmutabilityPolicy), 'i'));

    public void SetPermissions(BlobContainerSasPermissions permissions) => Permissions = Text(
        (permissions.HasFlag(BlobContainerSasPermissions.Read), 'r'), (permissions.HasFlag(BlobContainerSasPermissions.Add), 'a'),
        (permissions.HasFlag(BlobContainerSasPermissions.Create), 'c'), (permissions.HasFlag(BlobContainerSasPermissions.Write), 'w'),
        (permissions.HasFlag(BlobContainerSasPermissions.Delete), 'd'), (permissions.HasFlag(BlobContainerSasPermissions.DeleteBlobVersion), 'x'),
        (permissions.HasFlag(BlobContainerSasPermissions.List), 'l'), (permissions.HasFlag(BlobContainerSasPermissions.Tag), 't'),
        (permissions.HasFlag(BlobContainerSasPermissions.Filter), 'f'), (permissions.HasFlag(BlobContainerSasPermissions.Move), 'm'),
        (permissions.HasFlag(BlobContainerSasPermissions.Execute), 'e'), (permissions.HasFlag(BlobContainerSasPermissions.SetImmutabilityPolicy), 'i'));

    public void SetPermissions(string rawPermissions) => Permissions = rawPermissions;

    /// <param name="normalize">Put them into the order that storage demands.</param>
    /// <exception cref="ArgumentException">An unknown letter.</exception>
    public void SetPermissions(string rawPermissions, bool normalize = false)
    {
        ArgumentNullException.ThrowIfNull(rawPermissions);
        if (normalize && rawPermissions.FirstOrDefault(c => !Order.Contains(c, StringComparison.Ordinal)) is not '\0' and var unknown)
            throw new ArgumentException($"{unknown} is not a valid SAS permission.", nameof(rawPermissions));
        Permissions = normalize ? string.Concat(Order.Where(c => rawPermissions.Contains(c, StringComparison.Ordinal))) : rawPermissions;
    }

    /// <exception cref="ArgumentNullException">No credential.</exception>
    /// <exception cref="InvalidOperationException">Neither <see cref="Identifier"/> nor both expiry and permissions.</exception>
    public BlobSasQueryParameters ToSasQueryParameters(StorageSharedKeyCredential sharedKeyCredential) => ToSasQueryParameters(sharedKeyCredential, out _);

    public BlobSasQueryParameters ToSasQueryParameters(StorageSharedKeyCredential sharedKeyCredential, out string stringToSign)
    {
        ArgumentNullException.ThrowIfNull(sharedKeyCredential);
        RequireWhatIsNeeded();
        Resource = string.IsNullOrEmpty(BlobName) ? "c" : "b";
        var resource = string.IsNullOrEmpty(BlobName)
            ? $"/blob/{sharedKeyCredential.AccountName}/{BlobContainerName}"
            : $"/blob/{sharedKeyCredential.AccountName}/{BlobContainerName}/{BlobName}";
        const string noSnapshot = "", noEncryptionScope = "";
        stringToSign = string.Join('\n',
            Permissions, SasQueryParameters.Time(StartsOn), SasQueryParameters.Time(ExpiresOn), resource, Identifier, IPRange.ToString(),
            SasProtocolText.Of(Protocol), SasQueryParameters.DefaultSasVersion, Resource, noSnapshot, noEncryptionScope,
            CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, ContentType);
        return new BlobSasQueryParameters
        {
            Version = SasQueryParameters.DefaultSasVersion,
            Protocol = Protocol,
            StartsOn = StartsOn,
            ExpiresOn = ExpiresOn,
            IPRange = IPRange,
            Identifier = Identifier,
            Resource = Resource,
            Permissions = Permissions,
            CacheControl = CacheControl,
            ContentDisposition = ContentDisposition,
            ContentEncoding = ContentEncoding,
            ContentLanguage = ContentLanguage,
            ContentType = ContentType,
            Signature = sharedKeyCredential.Sign(stringToSign),
        };
    }

    /// <summary>A copy bound to one place. Names left empty are filled in.</summary>
    /// <exception cref="InvalidOperationException">The builder names another place.</exception>
    internal BlobSasBuilder For(string container, string? blob)
    {
        var copy = (BlobSasBuilder)MemberwiseClone();
        copy.BlobContainerName = Same(BlobContainerName, container, nameof(BlobContainerName));
        copy.BlobName = Same(BlobName, blob, nameof(BlobName));
        return copy;
    }

    private static string? Same(string? own, string? clients, string name) => string.IsNullOrEmpty(own) || own == clients
        ? clients
        : throw new InvalidOperationException($"SAS Uri cannot be generated. BlobSasBuilder.{name} does not match {name} in the client.");

    private void RequireWhatIsNeeded()
    {
        if (!string.IsNullOrEmpty(Identifier))
            return;
        if (ExpiresOn == default)
            throw new InvalidOperationException($"SAS is missing required parameter: {nameof(ExpiresOn)}");
        if (string.IsNullOrEmpty(Permissions))
            throw new InvalidOperationException($"SAS is missing required parameter: {nameof(Permissions)}");
    }

    private static string Text(params (bool Set, char Letter)[] permissions) => string.Concat(permissions.Where(p => p.Set).Select(p => p.Letter));
}
