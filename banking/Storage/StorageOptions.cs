using Azure.Core;
using Azure.Data.Tables;

namespace Serverless.Banking.Storage;

/// <summary>Where the bank's tables are.</summary>
public sealed class StorageOptions
{
    /// <summary>A storage connection string; used when set.</summary>
    [Secret]
    public string? ConnectionString { get; set; }

    /// <summary>The tables' endpoint (<c>https://bank.table.core.windows.net</c>), reached with the app's <see cref="Azure.Core.TokenCredential"/> when there is no connection string.</summary>
    public Uri? TablesUri { get; set; }

    /// <summary>The blobs' endpoint (<c>https://bank.blob.core.windows.net</c>), reached in the same way.</summary>
    public Uri? BlobsUri { get; set; }

    /// <summary>A client for tables that somebody else made; used when set.</summary>
    public TableServiceClient? Service { get; set; }

    /// <summary>Letters and digits before every table's and container's name, so that several banks can share one storage account; default none.</summary>
    public string TablePrefix { get; set; } = "";

    /// <summary>Said first to the options of every client, of tables and of blobs: policies that watch the calls. Add to what is there.</summary>
    public Action<ClientOptions>? ConfigureAnyClient { get; set; }

    /// <summary>Last word on the options of the tables' client: extra pipeline policies, retries.</summary>
    public Action<TableClientOptions>? ConfigureClient { get; set; }
}
