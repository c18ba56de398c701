using System.Linq.Expressions;
using Azure.Core;
using Azure.Data.Tables.Internal;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Sas;

namespace Azure.Data.Tables;

/// <summary>The rows of one table. Thread-safe; keep one per table.</summary>
/// <remarks>A refusal of the service is a <see cref="RequestFailedException"/> with its status and error code.</remarks>
public partial class TableClient
{
    private readonly TableAccount _account;
    private readonly TableRequests _requests;

    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this(Named(tableName), TableAccount.Of(connectionString, options))
    {
    }

    /// <param name="endpoint">The table's own address, signature included.</param>
    public TableClient(Uri endpoint, TableClientOptions? options = null)
        : this(TableNameOf(endpoint), TableAccount.Of(AccountUriOf(endpoint), options))
    {
    }

    /// <param name="endpoint">The table's own address.</param>
    public TableClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null)
        : this(TableNameOf(endpoint), TableAccount.Of(AccountUriOf(endpoint), credential, options))
    {
    }

    /// <param name="endpoint">The account's address.</param>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(endpoint, tableName, credential, null)
    {
    }

    /// <param name="endpoint">The account's address.</param>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(Named(tableName), TableAccount.Of(endpoint, credential, options))
    {
    }

    /// <param name="endpoint">The account's address.</param>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(Named(tableName), TableAccount.Of(endpoint, tokenCredential, options))
    {
    }

    /// <summary>For a test's derived class.</summary>
    protected TableClient()
    {
        _account = null!;
        _requests = null!;
        Name = null!;
        Uri = null!;
    }

    internal TableClient(string tableName, TableAccount account)
    {
        _account = account;
        _requests = account.Requests;
        Name = tableName;
        var address = new RequestUriBuilder();
        address.Reset(_requests.Endpoint);
        address.AppendPath("/" + tableName, escape: false);
        Uri = address.ToUri();
    }

    public virtual string AccountName => _account.Name;

    public virtual string Name { get; }

    public virtual Uri Uri { get; }

    /// <summary>Escapes every argument: <c>CreateQueryFilter($"PartitionKey eq {key}")</c>.</summary>
    public static string CreateQueryFilter(FormattableString filter) => QueryFilter.Of(filter);

    public static string CreateQueryFilter<T>(Expression<Func<T, bool>> filter) => QueryFilter.Of(filter);

    /// <exception cref="RequestFailedException">409 TableAlreadyExists.</exception>
    public virtual Response<TableItem> Create(CancellationToken cancellationToken = default)
    {
        using var message = _requests.CreateTable(Name);
        _requests.Send(message, cancellationToken);
        return message.Created(Name);
    }

    /// <inheritdoc cref="Create"/>
    public virtual async Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default)
    {
        using var message = _requests.CreateTable(Name);
        await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Created(Name);
    }

    public virtual Response<TableItem> CreateIfNotExists(CancellationToken cancellationToken = default)
    {
        using var message = _requests.CreateTable(Name);
        _requests.Send(message, cancellationToken);
        return message.CreatedOrExisting(Name);
    }

    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = _requests.CreateTable(Name);
        await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.CreatedOrExisting(Name);
    }

    /// <returns>The answer, 404 among them: a table that is not there is no error.</returns>
    public virtual Response Delete(CancellationToken cancellationToken = default)
    {
        using var message = _requests.DeleteTable(Name);
        _requests.Send(message, cancellationToken);
        return message.SucceededOrMissing();
    }

    /// <inheritdoc cref="Delete"/>
    public virtual async Task<Response> DeleteAsync(CancellationToken cancellationToken = default)
    {
        using var message = _requests.DeleteTable(Name);
        await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.SucceededOrMissing();
    }

    public virtual TableSasBuilder GetSasBuilder(TableSasPermissions permissions, DateTimeOffset expiresOn) => new(Name, permissions, expiresOn);

    public virtual TableSasBuilder GetSasBuilder(string rawPermissions, DateTimeOffset expiresOn) => new(Name, rawPermissions, expiresOn);

    public virtual Uri GenerateSasUri(TableSasPermissions permissions, DateTimeOffset expiresOn) =>
        GenerateSasUri(GetSasBuilder(permissions, expiresOn));

    /// <exception cref="InvalidOperationException">The client has no account key to sign with, or the builder is for another table.</exception>
    public virtual Uri GenerateSasUri(TableSasBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (_account.SharedKey is not { } credential)
            throw new InvalidOperationException("A SAS can only be signed with a shared key.");
        if (builder.TableName != Name)
            throw new InvalidOperationException($"The SAS is for table {builder.TableName}, the client for {Name}.");

        return new UriBuilder(Uri) { Query = builder.Sign(credential) }.Uri;
    }

    private static string Named(string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        return tableName;
    }

    private static string TableNameOf(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return Named(endpoint.AbsolutePath.TrimEnd('/').Split('/')[^1]);
    }

    private static Uri AccountUriOf(Uri endpoint)
    {
        var path = endpoint.AbsolutePath.TrimEnd('/');
        return new UriBuilder(endpoint) { Path = path[..path.LastIndexOf('/')] }.Uri;
    }
}
