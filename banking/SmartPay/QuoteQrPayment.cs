using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.SmartPay;

/// <param name="PayerName">As the token has it.</param>
/// <param name="Code">As scanned.</param>
/// <param name="Amount">Positive, in the currency of the account to debit; null where the code has one.</param>
/// <param name="Description">As <see cref="Text.Description"/> keeps it; null for none.</param>
public sealed record QrPaymentOrder(
    CustomerId Customer, string? PayerName, string Code, AccountId From, Money? Amount, string? Description, OrderingDevice Device);

/// <summary>Reads a scanned code and prepares paying it (QR-26): a transfer within the bank.</summary>
public sealed class QuoteQrPayment
{
    private readonly QrCodes codes;
    private readonly SmartPayTable table;
    private readonly FindAccount accounts;
    private readonly ReadBook books;
    private readonly InsidePayees payees;
    private readonly PrepareTransfer prepare;
    private readonly TimeProvider time;

    internal QuoteQrPayment(QrCodes codes, SmartPayTable table, FindAccount accounts, ReadBook books, InsidePayees payees, PrepareTransfer prepare, TimeProvider time)
    {
        (this.codes, this.table, this.accounts, this.books) = (codes, table, accounts, books);
        (this.payees, this.prepare, this.time) = (payees, prepare, time);
    }

    /// <returns>The quote. Or, first match: <see cref="QrCodeUnknown"/>, <see cref="OwnQrAccount"/>, <see cref="QrAccountDeleted"/>, <see cref="QrRequestPaid"/>,
    /// <see cref="QrRequestExpired"/>, <see cref="QrRequestBeingPaid"/>, <see cref="QrAmountFixed"/>, <see cref="QrAmountMissing"/>, <see cref="AccountNotFound"/>,
    /// <see cref="AccountCurrencyMismatch"/> (a code's amount is paid from an account in its currency), <see cref="AmountNotInAccountCurrency"/>, <see cref="PayeeAccountNotUsable"/>,
    /// and those of every transfer: the account, the rate, limits, then money.</returns>
    public async Task<Result<TransferQuote>> RunAsync(QrPaymentOrder order, CancellationToken cancellation)
    {
        if (codes.Find(order.Code) is not { } code || await table.FindOwnerAsync(code.QrAccount, cancellation) is not { } owner)
            return new QrCodeUnknown("/code");
        if (owner == order.Customer)
            return new OwnQrAccount();
        var finding = accounts.RunAsync(order.Customer, order.From, cancellation);
        var asking = code.Request is { } id ? table.FindAsync(owner, id, cancellation) : null;
        if (await table.FindAsync(owner, code.QrAccount, cancellation) is not { } account)
            return new QrCodeUnknown("/code");
        var request = asking is null ? null : (await asking)?.Stored.It;
        if (asking is not null && request is null)
            return new QrCodeUnknown("/code");
        var source = await finding;
        if (account.It.IsDeleted && request?.PaidAt is null)
            return new QrAccountDeleted();
        if (request is not null && RefusalOf(request, account.It, time.NowToTheMillisecond()) is { } refusal)
            return refusal;
        if (request?.Amount is not null && order.Amount is not null)
            return new QrAmountFixed("/amount");
        if ((request?.Amount ?? order.Amount) is not { } amount)
            return new QrAmountMissing("/amount");
        if (!source.IsSuccess)
            return source.Error;
        if (source.Value.Currency != amount.Currency)
            return request?.Amount is null
                ? new AmountNotInAccountCurrency("/amount/currency", source.Value.Currency.Code)
                : new AccountCurrencyMismatch(source.Value.Currency.Code, amount.Currency.Code);
        if (await books.RunAsync(account.It.Account, cancellation) is not { } book || !PostingRules.CanCredit(book.Status))
            return new PayeeAccountNotUsable();

        var to = await payees.MaskedAsync(book, cancellation);
        return await prepare.RunAsync(
            new TransferDraft(
                TransferKind.Qr, order.Customer, order.PayerName, source.Value, to.Payee, book.Currency, amount, order.Description ?? request?.Description, order.Device)
            {
                Origin = QrOrigin.Of(request?.Amount is null ? code with { Request = request?.Id } : code),
            },
            cancellation);
    }

    /// <returns>Why a request cannot be paid now; null when it can.</returns>
    internal static Error? RefusalOf(QrRequest request, QrAccount account, Instant now) => request.StateAt(now, account) switch
    {
        QrRequestState.Paid => new QrRequestPaid(),
        QrRequestState.Cancelled => new QrAccountDeleted(),
        QrRequestState.Expired => new QrRequestExpired(request.ExpiresAt!.Value),
        _ => request.Payment is null ? null : new QrRequestBeingPaid(),
    };
}
