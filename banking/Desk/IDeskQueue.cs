using Serverless.Banking.Audit;

namespace Serverless.Banking.Desk;

/// <summary>Cases that wait for people, of one kind of people. Registered by the capability whose cases they are; one for each name.</summary>
/// <remarks>The desk asks and shows; what a case is, who may decide what, and what follows, is the capability's.</remarks>
public interface IDeskQueue
{
    /// <summary><c>compliance</c>, <c>cards</c>, <c>treasury</c>.</summary>
    string Name { get; }

    /// <summary>Staff with one of these roles see the queue and decide in it (<c>functions/Http/Rights.cs</c>).</summary>
    IReadOnlyList<string> Roles { get; }

    /// <summary>What is not at its end, the oldest first. A page may have fewer items than asked for and still a next one.</summary>
    Task<Page<DeskCase>> ListAsync(PageRequest page, CancellationToken cancellation);

    /// <summary>A case as it stands, also one at its end.</summary>
    /// <returns>Null when there is none of this id.</returns>
    Task<DeskFile?> FindAsync(Guid id, CancellationToken cancellation);

    /// <summary>Repeated by the same person with the same key it changes nothing and answers the same.</summary>
    /// <returns>The case afterwards. Or <see cref="DeskCaseNotFound"/>, <see cref="DeskDecisionUnknown"/> (not now, or never), <see cref="DeskFieldWrong"/>,
    /// <see cref="Approvals.FourEyesRequired"/>, and the capability's own.</returns>
    Task<Result<DeskFile>> DecideAsync(DeskDecision decision, CancellationToken cancellation);

    /// <summary>A document of a case; who opens one is traced by the queue where the document asks for it.</summary>
    /// <returns>Null when the case has none of this name.</returns>
    Task<DeskContent?> OpenAsync(Guid id, string document, AuditActor reader, CancellationToken cancellation) => Task.FromResult<DeskContent?>(null);
}
