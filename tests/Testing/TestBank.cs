using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Emulator;

namespace Serverless.Testing;

/// <summary>The banking services on real Azurite or on tables in memory, without a host: tables of its own, a clock of its own, a probe on every storage call.</summary>
public sealed class TestBank : IAsyncDisposable
{
    private readonly Action<IServiceCollection>? configure;
    private readonly ServiceProvider services;
    private readonly Action<TestBank, StorageOptions> connect;
    private bool isFirst = true;

    private TestBank(Action<TestBank, StorageOptions> connect, TestClock clock, Action<IServiceCollection>? configure)
    {
        (this.connect, this.configure, Clock) = (connect, configure, clock);
        var collection = new ServiceCollection();
        collection.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        collection.AddLogging();
        collection.AddAccounts();
        configure?.Invoke(collection);
        collection.Configure<StorageOptions>(options => connect(this, options));
        services = collection.BuildServiceProvider();
    }

    public IServiceProvider Services => services;

    public StorageProbe Storage { get; } = new();

    /// <summary>Where the tables are when they are in memory.</summary>
    public MemoryTableAccount? Memory { get; private init; }

    public string TablePrefix => Get<IOptions<StorageOptions>>().Value.TablePrefix;

    public TestClock Clock { get; }

    public Instant Now => Instant.FromDateTimeOffset(Clock.GetUtcNow());

    /// <param name="configure">What the test needs besides ledger and accounts.</param>
    public static async Task<TestBank> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var azurite = await AzuriteServer.SharedAsync();
        var prefix = $"t{Guid.NewGuid():N}"[..16];
        return await StartAsync(
            (bank, options) =>
            {
                options.ConnectionString = azurite.ConnectionString;
                options.TablePrefix = prefix;
                options.ConfigureClient = client =>
                {
                    client.Retry.Delay = TimeSpan.FromMilliseconds(2);
                    client.Retry.MaxDelay = TimeSpan.FromMilliseconds(10);
                    client.AddPolicy(bank.Storage, HttpPipelinePosition.PerRetry);
                };
                options.Service = new LazyTables(azurite.ConnectionString, client => options.ConfigureClient?.Invoke(client));
            },
            configure,
            memory: null);
    }

    /// <summary>The same on tables in memory: for thousands of runs, and for what is not about storage.</summary>
    /// <param name="isProbed">False for speed: calls are neither counted nor broken.</param>
    /// <remarks>Blobs stay on Azurite.</remarks>
    public static async Task<TestBank> StartInMemoryAsync(Action<IServiceCollection>? configure = null, bool isProbed = true)
    {
        var azurite = await AzuriteServer.SharedAsync();
        var (account, prefix) = (new MemoryTableAccount(), $"t{Guid.NewGuid():N}"[..16]);
        return await StartAsync(
            (bank, options) =>
            {
                options.ConnectionString = azurite.ConnectionString;
                options.TablePrefix = prefix;
                options.Service = new MemoryTableService(account, isProbed ? bank.Storage : null);
            },
            configure,
            account);
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>The same rows and clock, and nothing else: as after the process was killed, or as a second process beside this one.</summary>
    public TestBank Restarted() => new(connect, Clock, configure) { Memory = Memory, isFirst = false };

    /// <summary>Waits for what the bank does after it has answered.</summary>
    public Task SettleAsync() => AfterAnswers.DrainAsync(services);

    /// <param name="balance">Paid in as cash, in ALL unless a currency is given ("2000.00 EUR"); "0.00" pays nothing in.</param>
    public async Task<AccountId> OpenAccountAsync(string customer, string balance, bool isMain = false)
    {
        var words = balance.Split(' ');
        var currency = words.Length > 1 ? Currency.Of(words[1]) : Currency.All;
        var amount = Money.Find(words[0], currency) ?? throw new ArgumentException("Not an amount.", nameof(balance));
        var account = await Get<OpenAccount>().RunAsync(
            new AccountOpening(Guid.NewGuid().ToString("N"), CustomerId.Of(customer), currency, "Llogaria", isMain), CancellationToken.None);
        if (amount.IsPositive)
        {
            var deposit = await Get<DepositCash>().RunAsync(
                new CashDeposit(Guid.NewGuid().ToString("N"), account.Value!.Id, amount, "Derdhje"), CancellationToken.None);
            _ = deposit.Value;
        }

        await SettleAsync();
        return account.Value!.Id;
    }

    public async Task<Money> BalanceAsync(AccountId account) => (await Get<ReadBook>().RunAsync(account, CancellationToken.None))!.Balance;

    /// <summary>The sweep of open journals some minutes later.</summary>
    /// <returns>How many it finished or dropped.</returns>
    public Task<int> SweepAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(5));
        return Get<SweepJournals>().RunAsync(Now - Duration.FromMinutes(1), CancellationToken.None);
    }

    /// <summary>Fails the test unless the books are proven.</summary>
    public async Task<TrialBalance> ProveAsync()
    {
        var balance = await Get<ProveBooks>().RunAsync(CancellationToken.None);
        Xunit.Assert.True(balance.IsProven, string.Join(Environment.NewLine, balance.Faults.Select(fault => fault.ToString())
            .Concat(balance.Currencies.Select(total => total.ToString()))));
        return balance;
    }

    private static async Task<TestBank> StartAsync(Action<TestBank, StorageOptions> connect, Action<IServiceCollection>? configure, MemoryTableAccount? memory)
    {
        var bank = new TestBank(connect, new TestClock(), configure) { Memory = memory };
        if (memory is not null)
        {
            await bank.Get<BankTables>().CreateMissingAsync(CancellationToken.None);
            bank.Storage.Reset();
        }

        return bank;
    }

    /// <summary>With the first of a prefix its tables go.</summary>
    public async ValueTask DisposeAsync()
    {
        var stored = Get<IOptions<StorageOptions>>().Value;
        await services.DisposeAsync();
        if (isFirst && Memory is null)
            await LazyTables.EraseAsync(stored.ConnectionString!, stored.TablePrefix);
    }
}
