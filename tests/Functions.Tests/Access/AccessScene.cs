using System.Globalization;
using System.Text.Json.Nodes;
using Serverless.Emulator;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.OpenApi;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Access;

/// <summary>One bank in which two customers own one thing of each kind, and a friend of both.</summary>
public sealed class AccessScene : IAsyncLifetime
{
    internal HttpBank Bank { get; private set; } = null!;

    internal IdentityKit Identities { get; private set; } = null!;

    internal IReadOnlyList<ApiOperation> Operations { get; private set; } = [];

    internal Resources Resources { get; } = new();

    internal Person Owner { get; private set; } = null!;

    internal Person Stranger { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // A business day at eleven in Tirana; of the timers only those that a test fires run.
        var start = new DateTimeOffset(2027, 3, 3, 10, 0, 0, TimeSpan.Zero);
        Bank = await HttpBank.StartAsync(options =>
        {
            options.Clock = new MovableClock(start);
            foreach (var timer in options.Settings.Keys.Where(name => name.EndsWith("Schedule", StringComparison.Ordinal)).ToArray())
                options.Settings[timer] = "0 0 0 29 2 *";
        });
        (await Bank.Sandbox.PostAsync("clock", HttpBank.Json($$"""{"now":"{{Bank.Host.Clock.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}"}"""))).EnsureSuccessStatusCode();
        Identities = new IdentityKit(Bank);
        Operations = ApiOperation.All(new ApiDocument(JsonNode.Parse(await Bank.Anonymous.GetStringAsync("api/openapi.json"))!));
        var friend = await PersonAsync("600000001", new Dictionary<string, string>());
        await RunAsync(Resources.Friend, friend, friend);
        Owner = await FurnishedAsync("600000002", friend);
        Stranger = await FurnishedAsync("600000003", friend);
    }

    public ValueTask DisposeAsync() => Bank.DisposeAsync();

    private async Task<Person> FurnishedAsync(string number, Person friend)
    {
        var person = await PersonAsync(number, friend.Owns.Where(it => !Resources.Unowned.ContainsKey(it.Key)).ToDictionary(it => $"friend{char.ToUpperInvariant(it.Key[0])}{it.Key[1..]}", it => it.Value));
        await RunAsync(Resources.Steps, person, friend);
        foreach (var template in Operations.Where(it => it.IsCustomers).Select(Resources.TemplateOf))
        {
            if (template.Slots.FirstOrDefault(slot => slot.StartsWith("quote ", StringComparison.Ordinal)) is { } quote)
                person.Owns[quote] = await QuoteAsync(person, template.Operation);
        }

        return person;
    }

    /// <summary>What is confirmed at an address is quoted below it.</summary>
    private async Task<string> QuoteAsync(Person person, ApiOperation confirmation)
    {
        var quotes = Operations.FirstOrDefault(it => it.Method == "POST" && it.Path == $"{confirmation.Path}/quotes")
            ?? Operations.FirstOrDefault(it => it.Method == "POST" && it.Path.StartsWith(confirmation.Path, StringComparison.Ordinal) && it.Path.EndsWith("/quotes", StringComparison.Ordinal))
            ?? Operations.FirstOrDefault(it => it.Method == "POST" && it.Path == $"{confirmation.Path[..confirmation.Path.LastIndexOf('/')]}/quotes");
        Assert.True(quotes is not null, $"Nothing quotes what {confirmation} confirms.");
        var answer = await Resources.TemplateOf(quotes).SendAsync(person.Client, (_, kind) => person.Owns[kind], person.Owns);
        Assert.True(answer.Status is 200 or 201, $"{quotes.Id} for {confirmation} answered {answer}");
        return (string)answer.Json["quoteId"]!;
    }

    private async Task<Person> PersonAsync(string number, Dictionary<string, string> owns)
    {
        foreach (var (kind, id) in Resources.Unowned)
            owns[kind] = id;
        owns["customer"] = number;
        owns["phone"] = $"+35569{number[^7..]}";
        owns["n"] = number[^1..];
        return new Person(await Identities.CustomerAsync(number), owns);
    }

    private async Task RunAsync(JsonArray steps, Person me, Person friend)
    {
        using var teller = await Bank.StaffAsync("teller-1", "branch");
        using var dealer = await Bank.StaffAsync("dealer-1", "treasury");
        foreach (var step in steps)
        {
            if (step!["wait"] is not null)
                await Bank.WhenIdleAsync();
            var call = Filled((string)step["call"]!, me).Split(' ', 2);
            var (client, prefix) = (string)step["as"]! switch
            {
                "me" => (me.Client, "api/"),
                "friend" => (friend.Client, "api/"),
                "teller" => (teller, "api/"),
                "dealer" => (dealer, "api/"),
                "sandbox" => (Bank.Sandbox, ""),
                var who => throw new InvalidOperationException($"Nobody here is called {who}."),
            };
            var answer = await CallAsync();

            // What a partner tells by webhook comes when it comes.
            if (step["eventually"] is not null)
                await Eventually.IsTrueAsync(async () => answer.Status is >= 200 and < 300 || (answer = await CallAsync()).Status is >= 200 and < 300);
            Assert.True(answer.Status is >= 200 and < 300, $"{step.ToJsonString()} answered {answer}");
            foreach (var (kind, pointer) in step["keep"]?.AsObject() ?? [])
                me.Owns[kind] = Find(answer.Json, (string)pointer!) ?? throw new InvalidOperationException($"{pointer} is not in {answer}");

            async Task<Answer> CallAsync()
            {
                using var request = new HttpRequestMessage(HttpMethod.Parse(call[0]), prefix + call[1]);
                if (step["body"] is { } body)
                    request.Content = HttpBank.Json(Filled(body.ToJsonString(), me));
                if (call[0] == "POST")
                    request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
                using var response = await client.SendAsync(request);
                return await Answer.ReadAsync(response);
            }
        }
    }

    private static string Filled(string text, Person person) => CallTemplate.OwnFacts.Replace(text, fact => person.Owns[fact.Groups[1].Value]);

    private static string? Find(JsonNode answer, string pointer) => (string?)pointer.TrimStart('/').Split('/')
        .Aggregate((JsonNode?)answer, (node, part) => part == "-1" ? node?.AsArray()[^1] : int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? node?[index] : node?[part]);
}

/// <param name="Owns">Ids by kind, and what else the person knows.</param>
internal sealed record Person(HttpClient Client, Dictionary<string, string> Owns);
