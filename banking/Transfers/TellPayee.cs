using Serverless.Banking.Notifications;

namespace Serverless.Banking.Transfers;

/// <summary>Tells a customer of this bank that he was paid (TRF-11).</summary>
internal sealed class TellPayee(SendNotice notices) : ITransferFollowUp
{
    public async Task RunAsync(Transfer settled, bool saveBeneficiary, CancellationToken cancellation)
    {
        if (settled is not { IsWithinBank: true, State: TransferState.Settled, To.Customer: { } payee } || payee == settled.Customer)
            return;
        await notices.RunAsync(
            new Notice(
                NoticeId.Of(nameof(NoticeKind.TransferReceived), settled.Id.Value.ToString("N")), payee, NoticeChannel.Push, NoticeKind.TransferReceived,
                new Dictionary<string, string> { ["name"] = settled.Payer.Name ?? settled.Payer.Account[^4..], ["amount"] = Words.Amount(settled.Amount) },
                $"transfers/{settled.Id}"),
            cancellation);
    }
}
