using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Credentials;

/// <summary>ASP.NET Core Identity's hasher, a few at a time, so that a flood of logins leaves processors to everything else.</summary>
internal sealed class PasswordWork : IPasswordWork, IDisposable
{
    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> hasher;
    private readonly SemaphoreSlim turns;
    private readonly int placesAtMost;
    private readonly Lazy<string> nobodys;
    private int places;

    public PasswordWork(IOptions<CredentialsOptions> options)
    {
        hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.HashIterations }));
        var atOnce = options.Value.HashesAtOnce > 0 ? options.Value.HashesAtOnce : Math.Max(1, Environment.ProcessorCount / 2);
        turns = new SemaphoreSlim(atOnce);
        placesAtMost = atOnce + options.Value.HashesWaiting;
        nobodys = new Lazy<string>(() => hasher.HashPassword(Nobody, "nobody's"));
    }

    public Task<Result<string>> HashAsync(string password, CancellationToken cancellation) =>
        InTurnAsync(() => hasher.HashPassword(Nobody, password), cancellation);

    public Task<Result<PasswordMatch>> CompareAsync(string? hash, string password, CancellationToken cancellation) => InTurnAsync(
        () =>
        {
            var result = hasher.VerifyHashedPassword(Nobody, hash ?? nobodys.Value, password);
            return hash is null ? PasswordMatch.No : result switch
            {
                PasswordVerificationResult.Success => PasswordMatch.Yes,
                PasswordVerificationResult.SuccessRehashNeeded => PasswordMatch.YesAtOldCost,
                _ => PasswordMatch.No,
            };
        },
        cancellation);

    public void Dispose() => turns.Dispose();

    private async Task<Result<T>> InTurnAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref places) > placesAtMost)
                return new LoginBusy();
            await turns.WaitAsync(cancellation);
            try
            {
                return await Task.Run(work, cancellation);
            }
            finally
            {
                turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref places);
        }
    }
}
