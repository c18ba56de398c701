using NodaTime;
using Serverless.Banking.Registrations;

namespace Serverless.Banking.Onboarding;

/// <summary>The application that a token is for, with the installation that carries it.</summary>
internal sealed record AdmittedApplication(StoredApplication Stored, string Installation)
{
    public OnboardingApplication It => Stored.It;
}

/// <summary>Lets the bearer of an application token to a step when that is due, and writes what came of it.</summary>
internal sealed class OnboardingDoor(OnboardingTable table, OnboardingTokens tokens, OnboardingCourse course)
{
    public Instant Now => course.Now;

    /// <returns>Or <see cref="ApplicationTokenInvalid"/>.</returns>
    public async Task<Result<AdmittedApplication>> FindAsync(string token, CancellationToken cancellation) =>
        tokens.OpenPass(token) is { } pass && await table.FindAsync(pass.Application, cancellation) is { } stored && stored.It.Epoch == pass.Epoch
            ? new AdmittedApplication(stored, pass.Installation)
            : new ApplicationTokenInvalid();

    /// <returns>Or, first match: <see cref="ApplicationTokenInvalid"/>, <see cref="OnboardingClosed"/>, <see cref="StepOutOfOrder"/>.</returns>
    public async Task<Result<AdmittedApplication>> AdmitAsync(string token, Func<OnboardingApplication, bool> isDue, CancellationToken cancellation)
    {
        var found = await FindAsync(token, cancellation);
        return found.IsSuccess && Refuse(found.Value.It, isDue) is { } refusal ? refusal : found;
    }

    public Task<Result<AdmittedApplication>> AdmitAsync(string token, OnboardingStep step, CancellationToken cancellation) =>
        AdmitAsync(token, it => it.Step == step, cancellation);

    /// <returns>As written. Or <see cref="StepOutOfOrder"/>: somebody else took a step meanwhile.</returns>
    public async Task<Result<OnboardingApplication>> WriteAsync(StoredApplication stored, OnboardingApplication after) =>
        (await WriteStoredAsync(stored, after)).Then(written => written.It);

    /// <inheritdoc cref="WriteAsync"/>
    public async Task<Result<StoredApplication>> WriteStoredAsync(StoredApplication stored, OnboardingApplication after)
    {
        if (await course.WriteAsync(stored, after, CancellationToken.None) is { } written)
            return written;
        return await table.FindAsync(after.Id, CancellationToken.None) is { } now ? StepOutOfOrder.At(now.It.Step) : new ApplicationTokenInvalid();
    }

    private Error? Refuse(OnboardingApplication it, Func<OnboardingApplication, bool> isDue) =>
        it.IsOver ? new OnboardingClosed(it.State)
        : course.DeadlineOf(it) <= Now ? new OnboardingClosed(OnboardingState.Expired)
        : isDue(it) ? null
        : StepOutOfOrder.At(it.Step);
}
