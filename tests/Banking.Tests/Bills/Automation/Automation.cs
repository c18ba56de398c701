using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Bills;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Messages;
using Serverless.Banking.Notifications;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Bills.Automation;

/// <summary>What the app's timers and message functions do, on a bank without a host; and everything that can be seen of what they did.</summary>
internal static class Automation
{
    public static Action<IServiceCollection> Services(TestSandbox sandbox) => BillScene.Services(sandbox, services =>
    {
        WorkMessages.AddTo(services);
        services.AddCustomers().AddNotifications().AddBillsAutomation();
    });

    /// <summary>A subscriber of OSHEE that no other run of the harness has.</summary>
    public static async Task<ClientAccount> AddSubscriberAsync(this TestSandbox sandbox)
    {
        var code = $"TR0.A{Random.Shared.NextInt64(10_000_000_000_000):D13}";
        await sandbox.AddSubscriberAsync("oshee", code, "Arta Hoxha");
        return new ClientAccount(new CompanyId("oshee"), code);
    }

    public static AuthorisationOrder Order(ClientAccount account, AccountId from, string key = "authorisation") => new(
        CustomerId.Of(BillScene.Arta), IdempotencyKey.Of(key), "hash", account.Company.Value, account.ClientCode,
        new AuthorisationTerms(PaymentType.Automatic, null, from, PaymentDay: 5, EndsOn: null, EmailNotice: true));

    public static async Task<Authorisation> AuthoriseAsync(this TestBank bank, AuthorisationOrder order) =>
        (await bank.Get<CreateAuthorisation>().RunAsync(order, CancellationToken.None)).Value!;

    /// <summary>The timer and the messages it sends.</summary>
    public static async Task CollectAsync(this TestBank bank)
    {
        await bank.Get<CollectDueBills>().RunAsync(bank.Now, CancellationToken.None);
        foreach (var due in bank.Get<WorkMessages>().Take<CollectionDue>(WorkQueues.BillCollections))
            await bank.Get<CollectBills>().RunAsync(due, CancellationToken.None);
    }

    /// <summary>The sweep of payments and the workflows that it starts.</summary>
    public static async Task SweepPaymentsAsync(this TestBank bank)
    {
        foreach (var pending in await bank.Get<SweepPayments>().RunAsync(Instant.MaxValue, CancellationToken.None))
            await bank.Get<AskForSettlement>().RunAsync(pending, CancellationToken.None);
    }

    /// <summary>Undelivered notices as "channel kind of customer", sorted.</summary>
    public static async Task<string> SeeNoticesAsync(this TestBank bank)
    {
        var outbox = bank.Get<NoticeTable>();
        var lines = new List<string>();
        await foreach (var id in outbox.DueAsync(Instant.MaxValue, CancellationToken.None))
        {
            var notice = (await outbox.FindAsync(id, CancellationToken.None))!.Notice;
            lines.Add($"{notice.Channel} {notice.Kind} of {notice.Customer}");
        }

        return string.Join(", ", lines.Order(StringComparer.Ordinal));
    }

    /// <summary>The days at whose run time pointers stand, sorted.</summary>
    public static async Task<string> SeePointersAsync(this TestBank bank)
    {
        var days = new List<LocalDate>();
        foreach (var partition in CollectionKeys.Partitions)
        {
            await foreach (var pointer in bank.Get<AuthorisationTable>().DueAsync(partition, Instant.MaxValue, CancellationToken.None))
                days.Add(PaymentCalendar.Today(Instant.FromUnixTimeSeconds(long.Parse(pointer.It.Row.Split('|')[0], null))));
        }

        return string.Join(", ", days.Order().Select(day => day.ToString("MM-dd", null)));
    }
}
