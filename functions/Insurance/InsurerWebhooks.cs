using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Banking.Insurance;
using Serverless.Banking.Partners;
using Serverless.Functions.Webhooks;
using Serverless.Workflows.InsurancePurchases;

namespace Serverless.Functions.Insurance;

/// <summary>Insurers tell of policies issued and refused (PAY-51).</summary>
internal sealed class InsurerWebhooks(HandleInsurerWebhook handle, InsuranceLists lists, StartInsurancePurchase workflow, IOptions<PartnersOptions> partners) : IWebhookHandler
{
    public IEnumerable<string> Partners => lists.Insurers.Select(insurer => insurer.Id);

    public IReadOnlyList<string> SecretsOf(string partner) => partners.Value.Insurers.TryGetValue(partner, out var endpoint) ? endpoint.WebhookSecrets : [];

    public async Task<Result<IResult>> HandleAsync(PartnerMessage message, DurableTaskClient client, CancellationToken cancellation)
    {
        var news = await handle.RunAsync(message, cancellation);
        if (!news.IsSuccess)
            return news.Error;
        if (news.Value is { } purchase)
            await workflow.WakeAsync(client, purchase, cancellation);
        return TypedResults.NoContent();
    }
}
