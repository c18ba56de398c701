using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.SmartPay;

/// <param name="Amount">Positive; null: the payer says how much.</param>
/// <param name="Description">As <see cref="Text.Description"/> keeps it; null for none.</param>
public sealed record NewQrRequest(CustomerId Owner, IdempotencyKey Key, string RequestHash, QrAccountId QrAccount, Money? Amount, string? Description);

/// <summary>Makes a QR code that asks for money (QR-25).</summary>
public sealed class RequestByQr
{
    private readonly SmartPayTable table;
    private readonly FindAccount accounts;
    private readonly QrCodes codes;
    private readonly IOptionsMonitor<SmartPayOptions> options;
    private readonly TimeProvider time;

    internal RequestByQr(SmartPayTable table, FindAccount accounts, QrCodes codes, IOptionsMonitor<SmartPayOptions> options, TimeProvider time) =>
        (this.table, this.accounts, this.codes, this.options, this.time) = (table, accounts, codes, options, time);

    /// <returns>The request; for a repeated key the first answer. Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="QrAccountNotFound"/>,
    /// <see cref="QrAccountDeleted"/>, <see cref="AmountNotInAccountCurrency"/>.</returns>
    public async Task<Result<SeenQrRequest>> RunAsync(NewQrRequest wanted, CancellationToken cancellation)
    {
        var id = QrRequestId.Of(wanted.Owner, wanted.Key);
        var reading = table.FindAsync(wanted.Owner, wanted.QrAccount, cancellation);
        var earlier = await table.FindAsync(wanted.Owner, id, cancellation);
        var account = await reading;
        if (earlier is not null)
            return earlier.Value.RequestHash == wanted.RequestHash ? See(earlier.Value.Stored.It, account!.Value.It) : new IdempotencyKeyReused();
        if (account is null)
            return new QrAccountNotFound();
        if (account.Value.It.IsDeleted)
            return new QrAccountDeleted();
        if (wanted.Amount is { } amount && await accounts.RunAsync(wanted.Owner, account.Value.It.Account, cancellation) is { IsSuccess: true, Value.Currency: var currency }
            && currency != amount.Currency)
            return new AmountNotInAccountCurrency("/amount/currency", currency.Code);

        var now = time.NowToTheMillisecond();
        var request = new QrRequest(
            id, wanted.Owner, wanted.QrAccount, wanted.Amount, wanted.Description, codes.New(wanted.QrAccount, id, wanted.Amount), now, wanted.Amount is null ? null : now + Duration.FromDays(options.CurrentValue.RequestDays), 0, null,
            null, null);
        if (await table.AddAsync(request, wanted.RequestHash, cancellation))
            return See(request, account.Value.It);
        var twin = (await table.FindAsync(wanted.Owner, id, cancellation))!.Value;
        return twin.RequestHash == wanted.RequestHash ? See(twin.Stored.It, account.Value.It) : new IdempotencyKeyReused();
    }

    private SeenQrRequest See(QrRequest it, QrAccount account) => new(it, it.StateAt(time.NowToTheMillisecond(), account));
}

/// <param name="State">As it is now.</param>
public sealed record SeenQrRequest(QrRequest It, QrRequestState State);
