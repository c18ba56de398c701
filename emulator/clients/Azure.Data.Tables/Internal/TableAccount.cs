using Azure.Core;
using Azure.Core.Pipeline;
using Serverless.Emulator.Diagnostics;

namespace Azure.Data.Tables.Internal;

/// <summary>Where an account is and how its requests are signed; builds the pipeline its clients share.</summary>
internal sealed class TableAccount
{
    private TableAccount(Uri endpoint, string name, TableClientOptions? options, HttpPipelinePolicy? authentication)
    {
        options ??= new TableClientOptions();
        var pipelineOptions = new HttpPipelineOptions(options) { RequestFailedDetailsParser = TableErrorParser.Instance };
        if (authentication is not null)
            pipelineOptions.PerRetryPolicies.Add(authentication);

        Name = name;
        Requests = new TableRequests(endpoint, HttpPipelineBuilder.Build(pipelineOptions), options.VersionString, new("Azure.Data.Tables", "Microsoft.Tables", options));
    }

    public string Name { get; }

    public TableRequests Requests { get; }

    public TableSharedKeyCredential? SharedKey { get; private init; }

    public static TableAccount Of(string connectionString, TableClientOptions? options)
    {
        var parsed = TableConnectionString.Parse(connectionString);
        return parsed.SharedAccessSignature is { } signature
            ? Of(parsed.Endpoint, parsed.AccountName, options, new SasPolicy(new AzureSasCredential(signature)))
            : Of(parsed.Endpoint, new TableSharedKeyCredential(parsed.AccountName!, parsed.AccountKey!), options);
    }

    public static TableAccount Of(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        return new TableAccount(endpoint, credential.AccountName, options, new SharedKeyPolicy(credential)) { SharedKey = credential };
    }

    /// <summary>The endpoint carries a SAS itself, or lets anybody in.</summary>
    public static TableAccount Of(Uri endpoint, TableClientOptions? options) => Of(endpoint, null, options, null);

    public static TableAccount Of(Uri endpoint, AzureSasCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return Of(endpoint, null, options, new SasPolicy(credential));
    }

    public static TableAccount Of(Uri endpoint, TokenCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        var scope = (options?.Audience ?? TableAudience.AzurePublicCloud).DefaultScope;
        return Of(endpoint, null, options, new BearerTokenAuthenticationPolicy(credential, scope));
    }

    private static TableAccount Of(Uri endpoint, string? name, TableClientOptions? options, HttpPipelinePolicy? authentication)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new TableAccount(endpoint, name ?? TableConnectionString.AccountNameOf(endpoint), options, authentication);
    }
}
