using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Desk;
using Serverless.Functions.Authentication;
using Serverless.Functions.Http;
using Serverless.Workflows;

namespace Serverless.Functions.Desk;

/// <summary>Lets staff to the queues that their roles are for, and wakes what a decision was about: the workflow that bears the case's id.</summary>
public sealed class DeskDoor(DeskQueues queues, DecideCase decide, WakeWorkflows workflows)
{
    /// <summary>Of every queue there is; which of them is whose, the queues say.</summary>
    internal static readonly string[] AnyRole = [Role.Compliance, Role.Cards, Role.Treasury, Role.ContactCentre];

    public IReadOnlyList<IDeskQueue> QueuesOf(IReadOnlySet<string> roles) =>
        [.. queues.All.Where(queue => queue.Roles.Any(roles.Contains)).OrderBy(queue => queue.Name, StringComparer.Ordinal)];

    /// <returns>Or, first match: <see cref="DeskQueueNotFound"/>, <see cref="RoleMissing"/>.</returns>
    public Result<Entered> Enter(string name, IReadOnlySet<string> roles) =>
        queues.Find(name) is not { } queue ? new DeskQueueNotFound()
        : queue.Roles.Any(roles.Contains) ? new Entered(queue)
        : new RoleMissing(queue.Roles);

    /// <returns>Or, first match: those of <see cref="Enter"/> and of <see cref="DecideCase"/>.</returns>
    public async Task<Result<DeskFile>> DecideAsync(string name, DeskDecision decision, IReadOnlySet<string> roles, DurableTaskClient client, CancellationToken cancellation)
    {
        var entered = Enter(name, roles);
        if (!entered.IsSuccess)
            return entered.Error;
        var decided = await decide.RunAsync(name, decision, cancellation);
        if (decided.IsSuccess)
            await workflows.RunAsync(client, [decision.Case.ToString("N")]);
        return decided.Error is Invalid fault ? new InvalidInput([fault]) : decided;
    }
}

/// <param name="Queue">One that the caller may look into.</param>
public readonly record struct Entered(IDeskQueue Queue);
