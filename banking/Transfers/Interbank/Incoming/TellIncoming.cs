using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Interbank;

/// <summary>Tells a customer that money of another bank is on his account.</summary>
internal sealed class TellIncoming(SendNotice notices, ReadBook books) : IJournalFollowUp
{
    public string Kind => CreditIncoming.Kind;

    public async Task RunAsync(PostedJournal posted, CancellationToken cancellation)
    {
        // What no account could take is on suspense: nobody has got anything yet.
        if (posted.Journal.Decider is not { } account)
            return;
        var credit = posted.Journal.Legs.Single(leg => leg.Account == account);
        var owner = (await books.RecallAsync(account, cancellation))!.Owner;
        await notices.RunAsync(
            new Notice(
                NoticeId.Of("incoming_transfer", posted.Journal.Id.ToString()), owner, NoticeChannel.Push, NoticeKind.IncomingTransfer,
                new Dictionary<string, string>
                {
                    ["amount"] = $"{credit.Amount.ToDecimalString()} {credit.Amount.Currency.Code}",
                    ["name"] = credit.Counterparty?.Name ?? "",
                }),
            cancellation);
    }
}
