using NodaTime;
using Serverless.Banking.Outbox;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <summary>Changes users and does what follows: before the answer, also when the client has hung up; killed in between, the repeat or the sweep does it (docs/adr/0021).</summary>
internal sealed class EKlikChanges(EKlikTable table, Dispatch dispatch)
{
    /// <returns>As the table's.</returns>
    public Task<Result<T>> RunAsync<T>(UserName name, Func<EKlikRow, Instant, EKlikDecision<T>> decide, CancellationToken cancellation) =>
        FollowAsync(decide, remembering => table.DecideAsync(name, remembering, cancellation));

    /// <summary>The same for what anybody may try.</summary>
    public Task<Result<T>> RunAsync<T>(
        UserName name, string counter, int most, Func<EKlikRow, Instant, EKlikDecision<T>> decide, Func<int, Result<T>> nobody, CancellationToken cancellation) =>
        FollowAsync(decide, remembering => table.DecideAsync(name, counter, most, isFollowed: false, remembering, nobody, cancellation));

    /// <param name="follows">Null: nothing.</param>
    /// <returns>False when the name is somebody's.</returns>
    public async Task<bool> TryAddAsync(EKlikRow row, OutboxRow? follows, CancellationToken cancellation)
    {
        if (!await table.TryAddAsync(row, follows, cancellation))
            return false;
        if (follows is not null)
            await dispatch.RunAsync(follows);
        return true;
    }

    /// <summary>For a repeat: what the first try has left undone.</summary>
    public Task FinishAsync(OutboxRow? follows) => follows is null ? Task.CompletedTask : dispatch.FinishAsync(follows);

    private async Task<Result<T>> FollowAsync<T>(Func<EKlikRow, Instant, EKlikDecision<T>> decide, Func<Func<EKlikRow, Instant, EKlikDecision<T>>, Task<Result<T>>> run)
    {
        (OutboxRow? Row, bool IsNew) last = default;
        var answer = await run((row, now) =>
        {
            var decision = decide(row, now);
            last = (decision.Follows, !ReferenceEquals(decision.Row, row));
            return decision;
        });
        if (answer.IsSuccess && last.Row is { } follows)
            await (last.IsNew ? dispatch.RunAsync(follows) : dispatch.FinishAsync(follows));
        return answer;
    }
}
