using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Knobs;
using Serverless.Sandbox.Webhooks;

namespace Serverless.Sandbox.Interbank;

/// <summary>What the network tells the bank, and when.</summary>
internal sealed class NetworkAnswers(InterbankNetwork network, SandboxClock clock, Schedule schedule, WebhookSender webhooks)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>A new message is settled or rejected as the knobs say, and perhaps returned later.</summary>
    public void FollowUp(Party party, NetworkMessage message, Mood mood)
    {
        if (message.Kind == "camt.056")
        {
            Recall(party, message, mood.RefuseWith);
            return;
        }

        if (mood.IsPending && mood.SettleAfter is null)
        {
            return;
        }

        schedule.At(clock.Now + (mood.IsPending ? mood.SettleAfter!.Value : TimeSpan.Zero), _ =>
        {
            if (mood.RefuseWith is { } reason)
            {
                Settle(party, message.MessageId, NetworkStatus.Rejected, reason);
            }
            else if (message.Kind == "pacs.008" && party.Knobs.ReturnAfterMs is { } wait)
            {
                if (party.Knobs.OutOfOrder)
                {
                    SendBack(party, message.MessageId, "AC04", null);
                    schedule.At(clock.Now + Moment, _ => Task.FromResult(Settle(party, message.MessageId, NetworkStatus.Settled, null)));
                }
                else
                {
                    Settle(party, message.MessageId, NetworkStatus.Settled, null);
                    schedule.At(clock.Now + TimeSpan.FromMilliseconds(wait), _ => Task.FromResult(SendBack(party, message.MessageId, "AC04", null)));
                }
            }
            else
            {
                Settle(party, message.MessageId, NetworkStatus.Settled, null);
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>The other bank sends the payment back, unless the knob says why not.</summary>
    private void Recall(Party party, NetworkMessage request, string? refusal) => schedule.At(clock.Now, _ =>
    {
        Send(party, NetworkTypes.Cancellation, NetworkXml.WriteCancellationAnswer(request, network.NextId("CA"), refusal, clock.Now));
        if (refusal is null)
            SendBack(party, request.TransactionId!, "FOCR", null);
        return Task.CompletedTask;
    });

    /// <summary>Says by pacs.002 that it is settled or rejected.</summary>
    /// <returns>Null when its state does not allow that.</returns>
    public NetworkMessage? Settle(Party party, string messageId, NetworkStatus status, string? reason)
    {
        if (network.Become(messageId, status, reason) is not { } message)
        {
            return null;
        }

        TellStatus(party, message);
        return message;
    }

    public void TellStatus(Party party, NetworkMessage message) =>
        Send(party, NetworkTypes.Status, NetworkXml.WriteStatus(message, network.NextId("ST"), clock.Now));

    /// <summary>Sends the money back by pacs.004, also when nothing was said yet.</summary>
    public NetworkMessage? SendBack(Party party, string messageId, string reason, Money? amount)
    {
        if (network.Become(messageId, NetworkStatus.Returned, reason) is not { } message)
        {
            return null;
        }

        Send(party, NetworkTypes.Return, NetworkXml.WriteReturn(message, network.NextId("RT"), amount ?? message.Amount, reason, clock.Now));
        return message;
    }

    public void Send(Party party, string type, string xml) => webhooks.Send(party, type, new NetworkEvent(xml));

    internal sealed record NetworkEvent(string Message);
}

internal static class NetworkTypes
{
    public const string Status = "interbank.status";
    public const string Return = "interbank.return";
    public const string Transfer = "interbank.transfer";
    public const string Cancellation = "interbank.cancellation";
}
