using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Iso20022;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Interbank;

/// <summary>Sends back, by pacs.004, incoming payments that no account could take. Run by a timer; safe to run twice.</summary>
/// <remarks>The same message goes out however often it is tried; once the network has it, the money leaves suspense.</remarks>
public sealed partial class ReturnIncoming
{
    private readonly IncomingReturns returns;
    private readonly InterbankClient network;
    private readonly PostJournal post;
    private readonly IOptions<InterbankOptions> options;
    private readonly TimeProvider time;
    private readonly ILogger<ReturnIncoming> log;

    internal ReturnIncoming(
        IncomingReturns returns, InterbankClient network, PostJournal post, IOptions<InterbankOptions> options, TimeProvider time, ILogger<ReturnIncoming> log) =>
        (this.returns, this.network, this.post, this.options, this.time, this.log) = (returns, network, post, options, time, log);

    /// <returns>How many have gone back. One that fails does not stop the others.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var gone = 0;
        await foreach (var wanted in returns.ListOpenAsync(cancellation))
        {
            try
            {
                if (await SendAsync(wanted, cancellation))
                    gone++;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogFailed(wanted.Id, e);
            }
        }

        return gone;
    }

    private async Task<bool> SendAsync(IncomingReturn wanted, CancellationToken cancellation)
    {
        // The payment itself first: a process may have been killed between the decision and the booking.
        var currency = wanted.Amount.Currency;
        var today = Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date;
        var received = await post.RunAsync(
            new Journal(
                TransactionId.Derive("incoming_suspense", wanted.Id.ToString("N")), "incoming_transfer",
                [Leg.Debit(CreditIncoming.Settlement(currency), wanted.Amount), Leg.Credit(BankAccount.Suspense(currency), wanted.Amount)],
                $"Incoming payment to be returned {wanted.Reason}", today, wanted.Id.ToString("N")),
            cancellation);
        if (!received.IsSuccess || await network.SendAsync(MessageOf(wanted), cancellation) != NetworkReceipt.Taken)
            return false;

        var returned = await post.RunAsync(
            new Journal(
                TransactionId.Derive("incoming_return", wanted.Id.ToString("N")), "incoming_transfer_return",
                [Leg.Debit(BankAccount.Suspense(currency), wanted.Amount), Leg.Credit(CreditIncoming.Settlement(currency), wanted.Amount)],
                $"Incoming payment returned {wanted.Reason}", today, wanted.Id.ToString("N")),
            cancellation);
        if (!returned.IsSuccess)
            return false;
        await returns.CloseAsync(wanted, cancellation);
        return true;
    }

    private string MessageOf(IncomingReturn wanted) => MessageXml.Write(new PaymentReturnMessage(
        new GroupHeader($"R{wanted.Id:N}", Instant.FromDateTimeOffset(wanted.At), Bic.Of(options.Value.Bic), null),
        [
            new ReturnedPayment(
                $"R{wanted.Id:N}",
                new OriginalPayment(wanted.MessageId, CreditTransferMessage.Name, wanted.InstructionId, wanted.EndToEndId, wanted.TransactionId),
                wanted.Amount, wanted.Amount, null, [new StatusReason(wanted.Reason)]),
        ]));

    [LoggerMessage(Level = LogLevel.Error, Message = "Incoming payment {Id} could not be sent back now")]
    private partial void LogFailed(Guid id, Exception failure);
}
