using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <param name="Name">Whose password it resets, for the page.</param>
public sealed record OpenedResetLink(UserName Name, Instant ExpiresAt);

/// <summary>The user has followed the link; only then may the password be changed (EKL-08).</summary>
/// <remarks>A step of its own, because mail gateways look at links before people do.</remarks>
public sealed class OpenResetLink
{
    private readonly EKlikTable table;
    private readonly ResetLinks links;

    internal OpenResetLink(EKlikTable table, ResetLinks links) => (this.table, this.links) = (table, links);

    /// <returns>Or, first match: <see cref="ResetLinkUnknown"/>, <see cref="EKlikUserBlocked"/>, <see cref="ResetLinkUsed"/>, <see cref="ResetLinkExpired"/>.</returns>
    public async Task<Result<OpenedResetLink>> RunAsync(string link, CancellationToken cancellation)
    {
        if (links.Read(link) is not { } read || await table.FindAsync(read.Name, cancellation) is null)
            return new ResetLinkUnknown();
        return await table.DecideAsync(read.Name, (row, now) => Decide(row, read.Hash, now), cancellation);
    }

    private static EKlikDecision<OpenedResetLink> Decide(EKlikRow row, string hash, Instant now)
    {
        if (Refuse(row, hash, now) is { } refusal)
            return new(row, refusal);
        var opened = new OpenedResetLink(row.UserName, row.Reset!.ExpiresAt);
        return row.Reset.IsOpened ? new(row, opened) : new(row with { Reset = row.Reset with { IsOpened = true } }, opened);
    }

    /// <remarks>A block takes the link away; whoever shows one then, right or not, learns of the block and of nothing else.</remarks>
    internal static Error? Refuse(EKlikRow row, string hash, Instant now) =>
        row.Blocking is not null ? new EKlikUserBlocked()
        : row.Reset?.Hash != hash ? new ResetLinkUnknown()
        : row.Reset.IsUsed ? new ResetLinkUsed()
        : row.Reset.ExpiresAt <= now ? new ResetLinkExpired()
        : null;
}

/// <summary>Changes the password by a link that was opened, once; every session of the user ends (EKL-08).</summary>
public sealed class ResetEKlikPassword
{
    private readonly SetEKlikPassword set;
    private readonly ResetLinks links;
    private readonly KeyedHash hash;

    internal ResetEKlikPassword(SetEKlikPassword set, ResetLinks links, KeyedHash hash) => (this.set, this.links, this.hash) = (set, links, hash);

    /// <param name="key">Of the client's request.</param>
    /// <param name="field">JSON pointer of the password.</param>
    /// <returns>Or, first match: <see cref="InvalidInput"/> with every rule of <see cref="EKlikPasswordRules"/> that is not met, the errors of <see cref="OpenResetLink"/>,
    /// <see cref="ResetLinkNotOpened"/>, <see cref="LoginBusy"/>, <see cref="IdempotencyKeyReused"/>.</returns>
    public async Task<Result<EKlikUser>> RunAsync(string link, IdempotencyKey key, string password, string field, CancellationToken cancellation)
    {
        if (EKlikPasswordRules.Check(password, field) is { Count: > 0 } faults)
            return new InvalidInput(faults);
        if (links.Read(link) is not { } read)
            return new ResetLinkUnknown();
        var changed = await set.RunAsync(
            read.Name, password, field, hash.Of("eklik-password", read.Hash, key.Value), "eklik_password_reset", (row, now) => Allow(row, read.Hash, now), new ResetLinkUnknown(),
            cancellation);
        return changed.Then<EKlikUser>(row => row.ToUser());
    }

    private static Result<EKlikRow> Allow(EKlikRow row, string hash, Instant now) =>
        OpenResetLink.Refuse(row, hash, now) is { } refusal ? refusal
        : !row.Reset!.IsOpened ? new ResetLinkNotOpened()
        : row with { Reset = row.Reset with { IsUsed = true } };
}
