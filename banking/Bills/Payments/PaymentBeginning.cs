namespace Serverless.Banking.Bills;

/// <summary>What a payment needs before its debit: its record with the use of its quote, its entry among the open ones, its claim on the invoice.</summary>
/// <remarks>
/// All three are written at once, beside the journal's intent; the debit waits for them. Killed in between, some of them are there: the ledger's
/// sweeper asks <see cref="PaymentCondition"/>, the payments' sweeper works through the open entries, and a claim whose payment was never
/// recorded gives way to the next one (<see cref="InvoiceClaims"/>).
/// </remarks>
internal sealed class PaymentBeginning(
    PaymentTable payments, OpenPayments open, InvoiceClaims claims, Payment payment, string requestHash, Guid? quote)
{
    /// <summary>False: the ledger refused before anything was written.</summary>
    public bool HasRun { get; private set; }

    /// <summary>The payment as recorded by this run; null when it was not.</summary>
    public PaymentRecord? Record { get; private set; }

    /// <summary>The same payment, begun by an earlier run or a twin.</summary>
    public PaymentRecord? Earlier { get; private set; }

    public OpenPayment Entry { get; private set; } = null!;

    /// <summary>Null when the invoice was not to be had.</summary>
    public ClaimRow? Claim { get; private set; }

    /// <returns>Or, first match: <see cref="BegunBefore"/> (see <see cref="Earlier"/>), <see cref="IdempotencyKeyReused"/>,
    /// <see cref="QuoteAlreadyConfirmed"/>: this run has left nothing behind; then the errors of <see cref="InvoiceClaims.TakeAsync"/>.</returns>
    public async Task<Result<Nothing>> RunAsync(CancellationToken cancellation)
    {
        HasRun = true;

        // From here the payment is carried through even if the caller hangs up.
        var opening = open.OpenAsync(payment, requestHash, CancellationToken.None);
        var claiming = claims.TakeAsync(payment, CancellationToken.None);
        var recording = Record is null ? payments.BeginAsync(payment, requestHash, quote, CancellationToken.None) : Task.FromResult<PaymentRecord?>(Record);
        await Task.WhenAll(opening, claiming, recording);
        (Entry, Record) = (await opening, await recording);
        var claim = await claiming;
        Claim = claim.IsSuccess ? claim.Value : null;
        if (Record is null)
            return await StepBackAsync();
        return claim.IsSuccess ? default(Nothing) : claim.Error;
    }

    private async Task<Error> StepBackAsync()
    {
        if (await payments.FindAsync(payment.Customer, payment.Id, CancellationToken.None) is not { } first)
        {
            if (Claim is { } unused)
                await claims.GiveBackAsync(unused, CancellationToken.None);
            await open.CloseAsync(Entry, CancellationToken.None);
            var other = await payments.FindQuoteUseAsync(payment.Customer, quote!.Value, CancellationToken.None);
            return new QuoteAlreadyConfirmed(other ?? throw new InvalidOperationException($"Payment {payment.Id} could not be recorded."));
        }

        if (first.RequestHash != requestHash)
        {
            // The entry stays: the payment under this key may need it, and the sweeper closes it if not.
            if (Claim is { } wrong && (first.Payment.Account, first.Payment.InvoiceNumber) != (payment.Account, payment.InvoiceNumber))
                await claims.GiveBackAsync(wrong, CancellationToken.None);
            return new IdempotencyKeyReused();
        }

        Earlier = first;
        return new BegunBefore();
    }
}

/// <summary>Between beginning and course only: the payment was begun by another run, and is taken up as that one recorded it.</summary>
internal sealed record BegunBefore() : Conflict("payment_begun_before");
