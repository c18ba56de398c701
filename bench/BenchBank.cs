using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Storage;
using Serverless.Emulator;
using Serverless.Functions.Health;
using Serverless.Testing;

namespace Serverless.Bench;

/// <summary>The real app over HTTP with the real sandbox, its storage calls counted, its minute timers off so that they do not count.</summary>
internal sealed class BenchBank : IAsyncDisposable
{
    /// <summary>All of them, found in the app itself.</summary>
    private static readonly string[] Timers =
    [
        .. typeof(HealthFunction).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(TimerTriggerAttribute), false)))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name),
    ];

    private CustomerSignIn? signIn;

    private BenchBank(TestSandbox sandbox, FunctionsTestHost host, CallCounter counter) => (Sandbox, Host, Counter) = (sandbox, host, counter);

    public TestSandbox Sandbox { get; }

    public FunctionsTestHost Host { get; private set; }

    public CallCounter Counter { get; }

    /// <summary>The customers' short way in.</summary>
    public CustomerSignIn SignIn => signIn ??= new(Host.Services);

    /// <param name="settings">Stronger than the sample's; <c>:</c> separates the parts of a name.</param>
    /// <param name="sandbox">Null starts one in this process.</param>
    /// <param name="policy">Sees every storage call instead of <see cref="Counter"/>, which remembers each.</param>
    public static async Task<BenchBank> StartAsync(
        Plan plan, IReadOnlyList<(string Name, string Value)>? settings = null, TestSandbox? sandbox = null, HttpPipelinePolicy? policy = null)
    {
        sandbox ??= await TestSandbox.StartAsync();
        var counter = new CallCounter();
        var host = await FunctionsTestHost.StartAsync<HealthFunction>(options =>
        {
            options.Storage = plan.Storage;
            options.Prefix = Plan.NewPrefix();
            foreach (var (name, value) in HttpBank.Settings(sandbox.Address.ToString().TrimEnd('/')))
                options.Settings[name] = value;
            foreach (var (name, value) in settings ?? [])
                options.Settings[name] = value;
            foreach (var timer in Timers)
                options.Settings[$"AzureWebJobs.{timer}.Disabled"] = "true";
            options.ConfigureServices(services => services.Configure<StorageOptions>(storage =>
                storage.ConfigureClient = client => client.AddPolicy(policy ?? counter, HttpPipelinePosition.PerRetry)));
        });
        return new BenchBank(sandbox, host, counter);
    }

    /// <summary>The same bank with nothing in memory.</summary>
    public async Task RestartAsync() => Host = await Host.RestartAsync();

    public async Task<Customer> OpenAsync(string number, string balance, bool isMain = true)
    {
        var teller = await ClientAsync(await Sandbox.StaffTokenAsync("teller-1", "branch"));
        var account = await PostAsync(teller, "api/backoffice/v1/accounts", new JsonObject
        {
            ["customer"] = number,
            ["currency"] = "ALL",
            ["name"] = "Llogaria",
            ["isMain"] = isMain,
        });
        var id = account["id"]!.GetValue<string>();
        await PostAsync(teller, $"api/backoffice/v1/accounts/{id}/cash-deposits", Deposit(balance));
        return new Customer(number, id, account["iban"]!.GetValue<string>(), (await SignIn.RunAsync(new SignInWish(number))).Token);
    }

    /// <summary>A quote of 1.00 ALL to another customer's account.</summary>
    public static JsonObject Transfer(Customer payer, Customer payee) => new()
    {
        ["fromAccountId"] = payer.Account,
        ["beneficiary"] = new JsonObject { ["account"] = payee.Iban },
        ["amount"] = Amount("1.00"),
        ["description"] = "Qira",
    };

    public static JsonObject Deposit(string amount) => new() { ["amount"] = Amount(amount), ["description"] = "Derdhje" };

    public async Task<HttpClient> ClientAsync(string token)
    {
        var client = new HttpClient(new ConfirmingHandler(SignIn, TimeProvider.System.GetUtcNow, Sandbox.Client) { InnerHandler = new SocketsHttpHandler { UseCookies = false } })
        {
            BaseAddress = Host.BaseAddress,
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // The connection and the issuer's keys are no part of what is measured.
        using var answer = await client.GetAsync("api/v1/bills/companies");
        return client;
    }

    /// <summary>Adds a subscriber of OSHEE with unpaid invoices of 100.00 ALL.</summary>
    /// <returns>The invoices' numbers.</returns>
    public async Task<string[]> IssueAsync(int subscriber, int invoices)
    {
        await Sandbox.AddSubscriberAsync("oshee", ClientCode(subscriber), "Test Test");
        var numbers = Enumerable.Range(0, invoices).Select(i => (200_000_000 + (subscriber * 10_000) + i).ToString(CultureInfo.InvariantCulture)).ToArray();
        foreach (var number in numbers)
            await Sandbox.AddInvoiceAsync("oshee", ClientCode(subscriber), number, "100.00");
        return numbers;
    }

    public static string ClientCode(int subscriber) => $"KT0.A{subscriber:D13}";

    public static JsonObject Quote(Customer customer, int subscriber, string invoice) => new()
    {
        ["company"] = "oshee",
        ["clientCode"] = ClientCode(subscriber),
        ["invoiceNumber"] = invoice,
        ["accountId"] = customer.Account,
    };

    public static async Task<JsonNode> PostAsync(HttpClient client, string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var answer = await client.SendAsync(request);
        return await ReadAsync(answer);
    }

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri} answered {text}");
    }

    /// <summary>Waits until everything is done that follows the answers so far, messages and notices included.</summary>
    public async Task WhenIdleAsync()
    {
        // Twice, because what follows an answer may send a message, and what a message sets off may have its own aftermath.
        for (var i = 0; i < 2; i++)
        {
            await AfterAnswers.DrainAsync(Host.Services);
            await Host.WhenIdleAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    private static JsonObject Amount(string amount) => new() { ["amount"] = amount, ["currency"] = "ALL" };
}

internal sealed record Customer(string Number, string Account, string Iban, string Token);
