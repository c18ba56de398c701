using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Iso20022;
using Serverless.Banking.Partners;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>Asks the network for a payment back (camt.056). The same recall is the same message, which the network takes once.</summary>
internal sealed class RecallPayment(InterbankClient network, IOptions<InterbankOptions> options)
{
    /// <param name="id">Of the recall.</param>
    /// <param name="askedAt">Part of the message, so that a repeat is the same message.</param>
    /// <returns>False when the network gave no answer: ask again.</returns>
    public async Task<bool> RunAsync(Transfer transfer, Guid id, Instant askedAt, CancellationToken cancellation)
    {
        var original = transfer.Id.Value.ToString("N");
        var message = new CancellationRequestMessage(
            id.ToString("N"), askedAt, Bic.Of(options.Value.Bic), Bic.Find(transfer.To.Bank?.Bic),
            new OriginalPayment(original, CreditTransferMessage.Name, original, original, original), transfer.Amount, "CUST");
        return await network.SendAsync(MessageXml.Write(message), cancellation) is NetworkReceipt.Taken or NetworkReceipt.Conflict or NetworkReceipt.Refused;
    }
}

/// <summary>Who waits for the answer to a recall; a capability registers its own. Every news may come twice and late.</summary>
internal interface IRecallListener
{
    /// <param name="reason">The code of a refusal; null when there is none.</param>
    Task AnsweredAsync(Transfer transfer, bool isAccepted, string? reason, CancellationToken cancellation);

    /// <summary>The money is back, and booked.</summary>
    Task ReturnedAsync(Transfer transfer, CancellationToken cancellation);
}
