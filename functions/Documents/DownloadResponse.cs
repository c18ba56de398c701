using System.ComponentModel;
using NodaTime;
using Serverless.Banking.Documents;

namespace Serverless.Functions.Documents;

[Description("Where to fetch a document, without a login.")]
public sealed record DownloadResponse(
    [property: Description("Below the bank's own address: /api/public/v1/downloads/...")] string Url,
    Instant ExpiresAt)
{
    public static DownloadResponse From(DownloadLink link) => new($"/api/public/v1/downloads/{link.Token}", link.ExpiresAt);
}
