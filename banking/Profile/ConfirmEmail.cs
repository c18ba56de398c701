using NodaTime;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Profile;

/// <summary>Confirms a new e-mail address by the code that was sent to it; the old one was in force until now.</summary>
/// <remarks>A wrong try is counted before it is answered. A confirmed change is completed by <see cref="SettleProfile"/>, here and by the timer.</remarks>
public sealed class ConfirmEmail
{
    private const int TriesAtMost = 5;
    private static readonly Duration Grace = Duration.FromMinutes(1);

    private readonly ProfileTable table;
    private readonly EmailCodes codes;
    private readonly FindContactDetails contacts;
    private readonly SettleProfile settle;
    private readonly TimeProvider time;

    internal ConfirmEmail(ProfileTable table, EmailCodes codes, FindContactDetails contacts, SettleProfile settle, TimeProvider time) =>
        (this.table, this.codes, this.contacts, this.settle, this.time) = (table, codes, contacts, settle, time);

    /// <returns>The address now in force; the same again answers the same. Or, first match: <see cref="EmailChangeNotFound"/>, <see cref="EmailChangeExpired"/> (also after
    /// five wrong codes), <see cref="EmailCodeWrong"/>.</returns>
    public async Task<Result<string>> RunAsync(CustomerId customer, Guid id, string code, CancellationToken cancellation)
    {
        while (true)
        {
            if (await table.FindEmailChangeAsync(customer, id, cancellation) is not { } change)
                return new EmailChangeNotFound();
            var (now, isGood) = (Instant.FromDateTimeOffset(time.GetUtcNow()), codes.IsGood(change, code));
            if (change.ConfirmedAt is not null && isGood)
            {
                await settle.CompleteEmailAsync(customer, id, cancellation);
                return change.Email;
            }

            if (change.ConfirmedAt is not null || change.ExpiresAt <= now || change.Tries >= TriesAtMost)
                return new EmailChangeExpired();
            if (!isGood)
            {
                if (!await table.ChangeEmailChangeAsync(change with { Tries = change.Tries + 1 }, cancellation))
                    continue;
                return new EmailCodeWrong(TriesAtMost - change.Tries - 1);
            }

            var old = (await contacts.RunAsync(customer, cancellation))?.Email;
            await table.RemindAsync(customer, $"email|{id:N}", now + Grace, cancellation);
            await table.ChangeEmailChangeAsync(change with { ConfirmedAt = now, OldEmail = old }, cancellation);
        }
    }
}
