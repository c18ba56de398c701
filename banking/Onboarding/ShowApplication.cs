namespace Serverless.Banking.Onboarding;

/// <summary>Where an application stands (ONB-12).</summary>
public sealed class ShowApplication
{
    private readonly OnboardingDoor door;

    internal ShowApplication(OnboardingDoor door) => this.door = door;

    /// <returns>Or <see cref="ApplicationTokenInvalid"/>.</returns>
    public Task<Result<OnboardingApplication>> RunAsync(string token, CancellationToken cancellation) =>
        door.FindAsync(token, cancellation).Then(admitted => (Result<OnboardingApplication>)admitted.It);
}
