using System.Text.Json;
using System.Xml;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Onboarding;

/// <summary>Compares a person with the sanctions list and the list of politically exposed persons (ONB-29). They are kept in memory for some hours; lists that could not be renewed for too long let nobody through.</summary>
public sealed partial class ScreenPerson : IDisposable
{
    private readonly SanctionsListClient client;
    private readonly OnboardingOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<ScreenPerson> log;
    private readonly SemaphoreSlim gate = new(1, 1);
    private Fetched? list;

    internal ScreenPerson(SanctionsListClient client, IOptions<OnboardingOptions> options, TimeProvider time, ILogger<ScreenPerson> log) =>
        (this.client, this.options, this.time, this.log) = (client, options.Value, time, log);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <param name="name">Given names and surname.</param>
    /// <returns>Reference numbers of those on the lists whom the person may be, with <c>pep:</c> before those of the second; empty for nobody. Or <see cref="ScreeningUnavailable"/>.</returns>
    public async Task<Result<IReadOnlyList<string>>> RunAsync(string name, LocalDate bornOn, CancellationToken cancellation)
    {
        var known = list;
        if (known is null || Now - known.At >= Duration.FromHours(options.ListRefreshHours))
            known = await RenewAsync(cancellation);
        if (known is null || Now - known.At >= Duration.FromHours(options.ListAtMostHours))
            return new ScreeningUnavailable();
        return known.People.Where(person => ListedNames.CanBe(person, name, bornOn)).Select(person => person.Reference).ToArray();
    }

    public void Dispose() => gate.Dispose();

    private async Task<Fetched?> RenewAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (list is { } fresh && Now - fresh.At < Duration.FromHours(options.ListRefreshHours))
                return fresh;
            if (await client.ReadAsync(cancellation) is { } sanctions && await client.ReadPepsAsync(cancellation) is { } peps && Parse(sanctions, peps) is { } people)
                list = new Fetched(people, Now);
            return list;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <returns>Null when one of them is no such list.</returns>
    private List<ListedPerson>? Parse(string sanctions, string peps)
    {
        try
        {
            return [.. ConsolidatedList.Read(sanctions), .. PepList.Read(peps)];
        }
        catch (Exception e) when (e is XmlException or JsonException or FormatException)
        {
            LogUnreadable(e.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The lists of the screening cannot be read: {Failure}")]
    private partial void LogUnreadable(string failure);

    private sealed record Fetched(IReadOnlyList<ListedPerson> People, Instant At);
}
