using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.DurableTask.Client;
using Serverless.Testing;

namespace Serverless.Bench;

/// <summary>Newcomers by the hundreds, step by step side by side, so that all of them are in flight until the last step: how long it takes, what it costs, and what the process needs meanwhile.</summary>
/// <remarks>The process is the app with its workflows, and the sandbox and the clients as well, so the app alone needs less.</remarks>
internal sealed partial class OnboardingsAtOnce : IMeasurement
{
    private const string Application = "api/public/v1/onboarding/application";
    private const double MegabytesAtMost = 600;

    private static readonly string[] Data =
    [
        """residence {"emigrant":false,"city":"tirane","postalCode":"1001","address":"Rruga e Kavajës 12, Hyrja 3","administrativeUnit":"tirane-7","village":"tirane-7-qender","branch":"1101"}""",
        """tax-status {"usRelation":false,"foreignTaxpayer":false}""",
        """personal-data {"educationLevel":"bachelor","profession":"economist","jobPosition":"employee","civilStatus":"single","fatherFirstName":"Agim","motherMaidenSurname":"Leka","birthCountry":"AL","birthCity":"tirane","marketingEmails":false,"creditHistoryCheck":true}""",
    ];

    public string Name => "onboardings";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        var people = Enumerable.Range(1, plan.Of(quick: 100, full: 1000)).Select(number => new Person(number)).ToArray();
        await using var bank = await BenchBank.StartAsync(plan);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = bank.Host.BaseAddress };
        using var target = await bank.Sandbox.Client.PutAsJsonAsync("webhooks/target", new { baseUrl = $"{bank.Host.BaseAddress}api/webhooks" });
        target.EnsureSuccessStatusCode();

        using var stop = new CancellationTokenSource();
        var memory = WatchAsync(stop.Token);
        var watch = Stopwatch.StartNew();
        bank.Counter.Reset();
        await EnterAsync(bank, client, people);
        await IdentifyAsync(bank, client, people);
        await DeclareAsync(bank, client, people);
        await SignAsync(bank, client, people);
        var inFlight = await CountAsync(bank, OrchestrationRuntimeStatus.Running);
        await FinishAsync(bank, client, people);
        await bank.WhenIdleAsync();
        var (took, calls) = (watch.Elapsed.TotalSeconds, (double)bank.Counter.Count);
        await stop.CancelAsync();

        var finished = await CountAsync(bank, OrchestrationRuntimeStatus.Completed);
        return
        [
            new Row($"onboardings of {people.Length} at once, in flight before the last step", "", inFlight, $"{people.Length}: all", people.Length) { AtLeast = 1 },
            new Row($"onboardings of {people.Length} at once, finished", "", finished, $"{people.Length}: all", people.Length) { AtLeast = 1 },
            new Row($"memory with {people.Length} onboardings, clients and sandbox included", "MB", await memory, $"{Report.Text(MegabytesAtMost)}: wanted of the app", MegabytesAtMost) { AtMost = 1 },
            new Row("onboardings per second", "per s", people.Length / took, "-", null),
            new Row("storage calls of one onboarding, from the first code to the last contract", "calls", calls / people.Length, "-", null),
        ];
    }

    /// <summary>Every step, from the first code to the last contract.</summary>
    internal static async Task WalkAsync(BenchBank bank, HttpClient client, int number)
    {
        var people = Enumerable.Range(1, number).Select(one => new Person(one)).ToArray();
        await EnterAsync(bank, client, people);
        await IdentifyAsync(bank, client, people);
        await DeclareAsync(bank, client, people);
        await SignAsync(bank, client, people);
        await FinishAsync(bank, client, people);
    }

    private static async Task EnterAsync(BenchBank bank, HttpClient client, Person[] people)
    {
        await AllAsync(people, async it => it.Challenge = (string)(await SendAsync(
            client, HttpMethod.Post, "api/public/v1/onboarding/email-codes", null,
            $$"""{"email":"{{it.Email}}","personalId":"{{it.PersonalId}}","purpose":"open","language":"en"}"""))["challenge"]!);
        var codes = await CodesAsync(bank, "email");
        await AllAsync(people, async it => it.Token = (string)(await SendAsync(
            client, HttpMethod.Post, "api/public/v1/onboarding/applications", null,
            $$"""{"challenge":"{{it.Challenge}}","code":"{{codes[it.Email]}}","installationId":"{{Guid.NewGuid()}}"}"""))["applicationToken"]!);
    }

    private static async Task IdentifyAsync(BenchBank bank, HttpClient client, Person[] people)
    {
        await AllAsync(people, async it =>
        {
            await SendAsync(
                client, HttpMethod.Post, $"{Application}/consents", it,
                """{"consents":[{"document":"privacy_policy","version":"2026-01"},{"document":"video_identification_terms","version":"2026-01"}]}""");
            var session = await SendAsync(client, HttpMethod.Post, $"{Application}/video-sessions", it, """{"documentType":"identity_card"}""");
            using var filmed = await bank.Sandbox.Client.PostAsJsonAsync((string)session["captureUrl"]!, new
            {
                outcome = "verified",
                personalNumber = it.PersonalId,
                surname = "Kola",
                givenNames = "Drita",
                birthDate = "1995-05-05",
                number = "AB1234567",
            });
            filmed.EnsureSuccessStatusCode();
        });
        await WaitAsync(client, people, "identified");
    }

    private static async Task DeclareAsync(BenchBank bank, HttpClient client, Person[] people)
    {
        await AllAsync(people, it => SendAsync(client, HttpMethod.Post, $"{Application}/mobile", it, $$"""{"mobile":"{{it.Mobile}}"}"""));
        var codes = await CodesAsync(bank, "sms");
        await AllAsync(people, async it =>
        {
            await SendAsync(client, HttpMethod.Post, $"{Application}/mobile/code", it, $$"""{"code":"{{codes[it.Mobile]}}"}""");
            foreach (var step in Data)
                await SendAsync(client, HttpMethod.Post, $"{Application}/{step.Split(' ')[0]}", it, step[(step.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            var review = await SendAsync(client, HttpMethod.Get, $"{Application}/review", it, null);
            await SendAsync(client, HttpMethod.Post, $"{Application}/review/confirmation", it, $$"""{"dataHash":"{{review["dataHash"]}}"}""");
        });
    }

    private static async Task SignAsync(BenchBank bank, HttpClient client, Person[] people)
    {
        await AllAsync(people, async it => await SendAsync(
            client, HttpMethod.Post, $"{Application}/contract/confirmation", it, $$"""{"documentHash":"{{await HashAsync(client, $"{Application}/contract", it)}}"}"""));
        var codes = await CodesAsync(bank, "sms");
        await AllAsync(people, it => SendAsync(client, HttpMethod.Post, $"{Application}/contract/signature", it, $$"""{"code":"{{codes[it.Mobile]}}"}"""));
        await WaitAsync(client, people, "account_created");
    }

    private static async Task FinishAsync(BenchBank bank, HttpClient client, Person[] people)
    {
        await AllAsync(people, async it =>
        {
            await SendAsync(client, HttpMethod.Post, $"{Application}/password", it, $$"""{"password":"{{SignInWalk.Password}}"}""");
            await SendAsync(
                client, HttpMethod.Post, $"{Application}/account-contract/confirmation", it,
                $$"""{"documentHash":"{{await HashAsync(client, $"{Application}/account-contract", it)}}"}""");
        });
        await bank.WhenIdleAsync();
    }

    private static Task AllAsync(Person[] people, Func<Person, Task> step) =>
        Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = Plan.Clients }, async (it, _) => await step(it));

    private static Task WaitAsync(HttpClient client, Person[] people, string status) => AllAsync(people, async it =>
    {
        for (var started = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            var now = (string)(await SendAsync(client, HttpMethod.Get, Application, it, null))["status"]!;
            if (now == status)
                return;
            if (started.Elapsed > TimeSpan.FromMinutes(5))
                throw new InvalidOperationException($"An application is {now} and does not become {status}.");
        }
    });

    /// <summary>All of them come from one address, whose counter is one row: who is told to come again later does.</summary>
    private static async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string path, Person? who, string? body)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(method, path);
            if (who is not null)
                request.Headers.Add("Application-Token", who.Token);
            if (body is not null)
                request.Content = new StringContent(body, null, "application/json");
            using var answer = await client.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
                return await BenchBank.ReadAsync(answer);
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<string> HashAsync(HttpClient client, string document, Person who)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, document);
        request.Headers.Add("Application-Token", who.Token);
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return Convert.ToHexStringLower(SHA256.HashData(await answer.Content.ReadAsByteArrayAsync()));
    }

    /// <summary>The newest code of each address.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> CodesAsync(BenchBank bank, string channel)
    {
        await bank.WhenIdleAsync();
        var messages = JsonNode.Parse(await bank.Sandbox.Client.GetStringAsync($"inbox/messages?channel={channel}"))!["messages"]!.AsArray();
        var codes = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            if (CodeShape.Match((string)message!["text"]!) is { Success: true } code)
                codes.TryAdd((string)message["to"]!, code.Value);
        }

        return codes;
    }

    private static async Task<int> CountAsync(BenchBank bank, OrchestrationRuntimeStatus status)
    {
        var count = 0;
        await foreach (var _ in bank.Host.Workflows.GetAllInstancesAsync(new OrchestrationQuery { Statuses = [status] }))
            count++;
        return count;
    }

    /// <summary>The most that the process holds.</summary>
    private static async Task<double> WatchAsync(CancellationToken stop)
    {
        var most = 0L;
        while (!stop.IsCancellationRequested)
        {
            using var process = Process.GetCurrentProcess();
            most = Math.Max(most, process.WorkingSet64);
            await Task.Delay(250, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return most / 1048576.0;
    }

    [GeneratedRegex(@"\b[0-9]{6}\b")]
    private static partial Regex CodeShape { get; }

    private sealed class Person(int number)
    {
        public string Email { get; } = $"bench{number}@example.com";

        public string PersonalId { get; } = string.Create(CultureInfo.InvariantCulture, $"J{number:D8}B");

        public string Mobile { get; } = string.Create(CultureInfo.InvariantCulture, $"+35569{2_000_000 + number:D7}");

        public string Challenge { get; set; } = "";

        public string Token { get; set; } = "";
    }
}
