using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;

namespace Serverless.Functions.SmartPay;

public sealed record QrRequestResponse(
    Guid Id,
    Guid QrAccountId,
    [property: Description("Null: the payer says how much.")] Money? Amount,
    string? Description,
    QrRequestState State,
    [property: Description("The text of its QR code."), Example("eyJhbGciOiJFUzI1NiJ9.eyJxIjoiMSJ9.c2ln")] string Code,
    Instant MadeAt,
    [property: Description("Null for a code without an amount.")] Instant? ExpiresAt,
    Instant? PaidAt)
{
    public static QrRequestResponse From(SeenQrRequest seen) => new(
        seen.It.Id.Value, seen.It.QrAccount.Value, seen.It.Amount, seen.It.Description, seen.State, seen.It.Code, seen.It.MadeAt, seen.It.ExpiresAt, seen.It.PaidAt);
}
