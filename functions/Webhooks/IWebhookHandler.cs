using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Partners;

namespace Serverless.Functions.Webhooks;

/// <summary>What is done with the webhooks of several partners, or of one that is answered more than that its message was taken. Otherwise <see cref="IPartnerWebhook"/> is enough.</summary>
public interface IWebhookHandler
{
    /// <summary>Names in the address: <c>/api/webhooks/{partner}</c>.</summary>
    IEnumerable<string> Partners { get; }

    /// <summary>What may have signed: one, or two while the partner changes its secret. Empty: nothing is trusted.</summary>
    IReadOnlyList<string> SecretsOf(string partner);

    /// <summary>True: a message seen before is handed over again, because its answer says how things stand now.</summary>
    bool AnswersAgain(PartnerMessage message) => false;

    /// <summary>True: it knows by itself what it has handled, by what the message is about, and no row is kept of each.</summary>
    bool KnowsRepeats => false;

    /// <summary>Called at least once for each message, and by two at once: it must be safe to repeat. A type that the bank does not know is handled by doing nothing.</summary>
    /// <param name="client">Starts and wakes workflows.</param>
    /// <returns>The answer, usually <c>TypedResults.NoContent()</c>. Or an error: the partner sends the message again, and one that fails again and again is kept for the staff.</returns>
    Task<Result<IResult>> HandleAsync(PartnerMessage message, DurableTaskClient client, CancellationToken cancellation);
}
