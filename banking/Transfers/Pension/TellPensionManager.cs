using NodaTime;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Transfers;

/// <summary>
/// Tells the manager of a contribution that is in the books, until it answers; one that the manager refuses is given back by a reversing journal. Then
/// the customer has the details by e-mail, if he wanted them.
/// </summary>
internal sealed class TellPensionManager(PensionClient managers, ReturnContribution returns, IEnumerable<IFundContributions> funds, SendNotice notices) : ITransferFollowUp
{
    public async Task RunAsync(Transfer settled, bool saveBeneficiary, CancellationToken cancellation)
    {
        if (settled.Kind != TransferKind.Pension || settled.State != TransferState.Settled || funds.Any(fund => fund.PassesOn(settled)))
            return;
        switch (await managers.ContributeAsync(settled.Id.Value, settled.To.Account, settled.Amount, cancellation))
        {
            case ContributionAnswer.Taken:
                foreach (var fund in funds)
                    await fund.NoteAsync(settled, isReturned: false, cancellation);
                if (settled.Wishes is { EmailDetails: true })
                    await TellAsync(settled, NoticeKind.PensionContributionPaid, NoticeChannel.Email, cancellation);
                break;
            case ContributionAnswer.Refused:
                await returns.RunAsync(settled, cancellation);
                foreach (var fund in funds)
                    await fund.NoteAsync(settled, isReturned: true, cancellation);
                await TellAsync(settled, NoticeKind.PensionContributionReturned, NoticeChannel.Push, cancellation);
                await returns.CloseAsync(settled, cancellation);
                break;
            default:
                throw new InvalidOperationException($"The manager has not confirmed contribution {settled.Id}; it is sent again.");
        }
    }

    private Task TellAsync(Transfer settled, NoticeKind kind, NoticeChannel channel, CancellationToken cancellation) => notices.RunAsync(
        new Notice(
            NoticeId.Of(kind.ToString(), settled.Id.Value.ToString("N")), settled.Customer, channel, kind,
            new Dictionary<string, string>
            {
                ["amount"] = Words.Amount(settled.Debit),
                ["name"] = settled.To.Name,
                ["date"] = Words.Date(settled.OrderedAt.InZone(BankTime.Tirane).Date),
            },
            $"transfers/{settled.Id}"),
        cancellation);
}
