using System.ComponentModel;
using System.Globalization;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Interbank;
using Serverless.Banking.Transfers;

namespace Serverless.Functions.Interbank;

[Description("A transfer to another bank as it was taken; `GET` the transfer to see how it stands.")]
public sealed record InterbankTransferResponse(
    Guid Id,
    TransferKind Kind,
    TransferState State,
    Guid FromAccountId,
    InterbankBeneficiaryResponse Beneficiary,
    Money Instructed,
    Money Amount,
    Money Debit,
    Money Fee,
    FeeBearer FeeBearer,
    [property: Description("What is reserved.")] Money Total,
    string? ExchangeRate,
    string? Description,
    Instant OrderedAt)
{
    /// <summary>Of what never changes, so that a repeat gets the first answer.</summary>
    public static InterbankTransferResponse From(InterbankOrder order) => new(
        order.Id.Value,
        order.Transfer.Kind,
        TransferState.Accepted,
        order.Transfer.From.Value,
        InterbankBeneficiaryResponse.From(order.Transfer.To),
        order.Instructed,
        order.Transfer.Amount,
        order.Transfer.Debit,
        order.Transfer.Fee,
        order.Transfer.FeeBearer,
        order.Transfer.Total,
        order.Transfer.Rate?.ToString(CultureInfo.InvariantCulture),
        order.Transfer.Description,
        order.Transfer.OrderedAt);
}
