using System.ComponentModel;
using NodaTime;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;

namespace Serverless.Functions.SmartPay;

public sealed record QrAccountResponse(
    Guid Id,
    Guid AccountId,
    string? Description,
    [property: Description("The text of its QR code; whoever pays it says how much."), Example("eyJhbGciOiJFUzI1NiJ9.eyJxIjoiMSJ9.c2ln")] string Code,
    Instant OpenedAt,
    [property: Description("From then on its codes are refused; null while it can be paid.")] Instant? DeletedAt)
{
    public static QrAccountResponse From(QrAccount it) =>
        new(it.Id.Value, it.Account.Value, it.Description, it.Code, it.OpenedAt, it.DeletedAt);
}
