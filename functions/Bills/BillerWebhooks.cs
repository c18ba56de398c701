using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Banking.Partners;
using Serverless.Functions.Webhooks;

namespace Serverless.Functions.Bills;

/// <summary>Companies tell of invoices and payments.</summary>
internal sealed class BillerWebhooks(HandleBillerWebhook handle, CompanyCatalogue companies, IOptions<PartnersOptions> partners) : IWebhookHandler
{
    public IEnumerable<string> Partners => companies.All.Select(company => company.Id.Value);

    public IReadOnlyList<string> SecretsOf(string partner) => partners.Value.Billers.TryGetValue(partner, out var endpoint) ? endpoint.WebhookSecrets : [];

    public async Task<Result<IResult>> HandleAsync(PartnerMessage message, DurableTaskClient client, CancellationToken cancellation) =>
        (await handle.RunAsync(message, cancellation)).Match<Result<IResult>>(_ => TypedResults.NoContent(), error => error);
}
