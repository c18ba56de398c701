using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Transfers;

/// <summary>
/// Tells the manager of a contribution that is in the books, until it answers; one that the manager refuses is given back by a reversing journal. Then
/// the customer has the details by e-mail, if he wanted them.
/// </summary>
internal sealed class TellPensionManager(
    PensionClient managers, ReverseJournal reverse, TransferTable table, SendNotice notices, TimeProvider time) : ITransferFollowUp
{
    private static readonly DateTimeZone Tirane = DateTimeZoneProviders.Tzdb["Europe/Tirane"];

    public async Task RunAsync(Transfer settled, bool saveBeneficiary, CancellationToken cancellation)
    {
        if (settled.Kind != TransferKind.Pension || settled.State != TransferState.Settled)
            return;
        switch (await managers.ContributeAsync(settled.Id.Value, settled.To.Account, settled.Amount, cancellation))
        {
            case ContributionAnswer.Taken:
                if (settled.Wishes is { EmailDetails: true })
                    await TellAsync(settled, NoticeKind.PensionContributionPaid, NoticeChannel.Email, cancellation);
                break;
            case ContributionAnswer.Refused:
                await GiveBackAsync(settled, cancellation);
                break;
            default:
                throw new InvalidOperationException($"The manager has not confirmed contribution {settled.Id}; it is sent again.");
        }
    }

    /// <summary>The reversal happens once however often this runs, and so does what follows. The state comes last: a returned transfer is looked after by nobody.</summary>
    private async Task GiveBackAsync(Transfer settled, CancellationToken cancellation)
    {
        var reversed = await reverse.RunAsync(
            settled.Transaction, settled.From, TransactionId.Derive("pension_return", settled.Id.Value.ToString("N")), "Kthim kontributi", cancellation);
        if (reversed is { IsSuccess: false, Error: not AlreadyReversed })
            throw new InvalidOperationException($"Contribution {settled.Id} cannot be given back: {reversed.Error!.Code}.");
        await TellAsync(settled, NoticeKind.PensionContributionReturned, NoticeChannel.Push, cancellation);
        if (await table.FindAsync(settled.Customer, settled.Id, cancellation) is { Transfer.State: TransferState.Settled } record
            && !await table.ReplaceAsync(record, record.Transfer.At(TransferState.Returned, Now)))
            throw new InvalidOperationException($"Transfer {settled.Id} is being changed by somebody else.");
    }

    private Task TellAsync(Transfer settled, NoticeKind kind, NoticeChannel channel, CancellationToken cancellation) => notices.RunAsync(
        new Notice(
            NoticeId.Of(kind.ToString(), settled.Id.Value.ToString("N")), settled.Customer, channel, kind,
            new Dictionary<string, string>
            {
                ["amount"] = Words.Amount(settled.Debit),
                ["name"] = settled.To.Name,
                ["date"] = Words.Date(settled.OrderedAt.InZone(Tirane).Date),
            },
            $"transfers/{settled.Id}"),
        cancellation);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());
}
