using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Audit;
using Serverless.Banking.Complaints;
using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;
using Serverless.Banking.Storage;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Complaints;

/// <summary>Killed at any storage call: taken and answered once or not at all, and told once whenever it is, whether anybody asks again or not.</summary>
public sealed class ComplaintCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private static readonly IdempotencyKey Key = IdempotencyKey.Of("complaint-1");

    [Fact, ProvesCrashSafety(typeof(CreateServiceRequest))]
    public async Task A_complaint_killed_at_any_storage_call_is_taken_once_and_confirmed_or_not_at_all() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<object?>(
            Arrange: ContactAsync,
            Act: (bank, _) => CreateAsync(bank),
            Check: async (bank, _) => ((await RequestsAsync(bank)).Length, await ToldAsync(bank)) switch
            {
                (0, "") => 0,
                (1, "RequestReceived") => 1,
                _ => -1,
            })
        {
            Services = AddTo,
            Heal = AdvanceAsync,
            MayLeave = [new("ServiceRequests due/*", 3, "A reminder of a try that did not get further leads to a look.", 3), new("ServiceRequests open/*", 1, "Told as open before it is there.")],
        }), 5, 20);

    [Fact, ProvesCrashSafety(typeof(AnswerServiceRequest))]
    public async Task An_answer_killed_at_any_storage_call_is_given_and_told_once_or_not_at_all() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<string>(
            Arrange: async bank =>
            {
                await ContactAsync(bank);
                return (await CreateAsync(bank)).Value!.Number;
            },
            Act: (bank, number) => bank.Get<AnswerServiceRequest>().RunAsync(
                new ServiceRequestAnswer(Arta, number, Key, "hash", "U rregullua.", ServiceRequestState.Closed), AuditActor.Staff("officer-1"), CancellationToken.None),
            Check: async (bank, _) => (Assert.Single(await RequestsAsync(bank)) is var request ? (request.State, request.Messages.Count) : default, await ToldAsync(bank), await RecordedAsync(bank)) switch
            {
                ((ServiceRequestState.Received, 0), "RequestReceived", 0) => 0,
                ((ServiceRequestState.Closed, 1), "RequestAnswered RequestReceived", 1) => 1,
                _ => -1,
            })
        {
            Services = AddTo,
            Heal = AdvanceAsync,
            MayLeave = [new("ServiceRequests due/*", 3, "A reminder of a try that did not get further leads to a look.", 3)],
        }), 6, 24);

    private static void AddTo(IServiceCollection services)
    {
        WorkMessages.AddTo(services);
        services.AddCustomers().AddNotifications().AddComplaints();
        services.Configure<NotificationsOptions>(options => options.Key = Convert.ToBase64String(new byte[32]));
    }

    private static async Task<object?> ContactAsync(TestBank bank)
    {
        await bank.Get<SaveContactDetails>().RunAsync(new ContactDetails(Arta, "Arta Hoxha", Language.English, "push", null, "+355691000001"), CancellationToken.None);
        return null;
    }

    private static Task<Result<ServiceRequest>> CreateAsync(TestBank bank) => bank.Get<CreateServiceRequest>().RunAsync(
        new NewServiceRequest(Arta, Key, "hash", ServiceRequestKind.Complaint, "Bankomati nuk punon."), CancellationToken.None);

    private static Task AdvanceAsync<T>(TestBank bank, T state) => bank.Get<AdvanceServiceRequests>().RunAsync(bank.Now, CancellationToken.None);

    private static async Task<ServiceRequest[]> RequestsAsync(TestBank bank) =>
        [.. (await bank.Get<ServiceRequestTable>().ListAsync(Arta, CancellationToken.None)).Select(stored => stored.Request)];

    /// <summary>The kinds of all notices, each as often as it was taken.</summary>
    private static async Task<string> ToldAsync(TestBank bank)
    {
        List<string> kinds = [];
        await foreach (var row in bank.Get<BankTables>().Open(NoticeKeys.Table).QueryAsync<TableEntity>(""))
        {
            if (row.GetString("Kind") is { } kind)
                kinds.Add(kind);
        }

        return string.Join(' ', kinds.Order(StringComparer.Ordinal));
    }

    private static async Task<int> RecordedAsync(TestBank bank)
    {
        var day = bank.Now.InUtc().Date;
        return (await bank.Get<ListAudit>().RunAsync(new AuditFilter(day.PlusDays(-1), day.PlusDays(1), Action: "service_request_answered"), PageRequest.First, CancellationToken.None)).Items.Count;
    }
}
