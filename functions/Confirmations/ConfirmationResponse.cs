using System.ComponentModel;
using Serverless.Banking;
using Serverless.Banking.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Confirmations;

[Description("What confirming a prepared operation takes. On a trusted device sign, elsewhere send a code: see the header `Strong-Confirmation`.")]
public sealed record ConfirmationResponse(
    [property: Description("Whether the header `Strong-Confirmation` must be sent.")] bool Required,
    [property: Description("Why it need not. A low value is counted when it is confirmed, and may then be refused after all.")] Exemption? Exemption,
    [property: Description("What is confirmed, to be shown to the customer.")] ConfirmationFactsResponse Facts,
    [property: Description("SHA-256, base64url without padding, over operation, decimal amount, currency code and payee in UTF-8, one to a line, an empty line for what is null."),
        Example("3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] string Hash)
{
    public static ConfirmationResponse From(ConfirmationDemand demand) =>
        new(demand.IsRequired, demand.Exemption, ConfirmationFactsResponse.From(demand.Facts), demand.Facts.Hash());
}

[Description("The four things that a signature or a code is bound to.")]
public sealed record ConfirmationFactsResponse(
    [property: Example("inside_transfer")] string Operation,
    [property: Description("What the payee gets; null where no money is meant.")] Money? Amount,
    [property: Description("Name and account; null for nobody."), Example("Besa Kola, AL47212110090000000235698741")] string? Payee)
{
    public static ConfirmationFactsResponse From(ConfirmationFacts facts) => new(facts.Operation, facts.Amount, facts.Payee);
}
