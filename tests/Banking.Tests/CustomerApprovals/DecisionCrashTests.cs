using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.CustomerApprovals;

/// <summary>Killed at any storage call a decision is made once or not at all, its process goes on whenever it is made, and the trail says who made it.</summary>
public sealed class DecisionCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    [Fact, ProvesCrashSafety(typeof(DecideApproval)), ProvesCrashSafety(typeof(AdvanceApprovals))]
    public async Task A_decision_killed_at_any_storage_call_is_made_once_recorded_and_passed_on_or_not_at_all() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<ApprovalId>(
            Arrange: async bank =>
            {
                bank.Get<Applications>().Forget();
                var now = bank.Now;
                var approval = new Approval(ApprovalId.Of(now, Applications.Name, "application-1"), Arta, ApprovalState.Pending, now, now + Duration.FromDays(3), null, null)
                {
                    Document = new ApprovalDocument("Kontrata", 1, new string('a', 64), Applications.Name, "application-1"),
                };
                Assert.True(await bank.Get<ApprovalTable>().AddAsync(approval, StoredApproval.KeyOf(Applications.Name, "application-1"), CancellationToken.None));
                return approval.Id;
            },
            Act: (bank, id) => bank.Get<DecideApproval>().RunAsync(
                new ApprovalVerdict(Arta, id, ApprovalDecision.Approve, 1, "installation-0001"), AuditActor.Customer(Arta, "mobile"), CancellationToken.None),
            Check: async (bank, id) =>
            {
                var approval = (await bank.Get<ApprovalTable>().FindAsync(Arta, id, CancellationToken.None))!;
                var day = bank.Now.InUtc().Date;
                var trail = await bank.Get<ListAudit>().RunAsync(
                    new AuditFilter(day.PlusDays(-1), day.PlusDays(1), Action: "approval_approved"), PageRequest.First, CancellationToken.None);
                return (approval.Approval.State, approval.IsPassedOn, trail.Items.Count, bank.Get<Applications>().Resumed) switch
                {
                    (ApprovalState.Pending, false, 0, 0) => 0,
                    (ApprovalState.Approved, true, 1, _) when trail.Items[0].Event.Actor.Id == Arta.Value => 1,
                    _ => -1,
                };
            })
        {
            Services = AddTo,
            Heal = (bank, _) => bank.Get<AdvanceApprovals>().RunAsync(bank.Now, CancellationToken.None),
            MayLeave = [new("CustomerApprovals due/*", 2, "A reminder of a try that did not get further leads to a look.", 2)],
        }), 4, 12);

    private static void AddTo(IServiceCollection services)
    {
        WorkMessages.AddTo(services);
        services.AddPartners().AddCustomers().AddNotifications().AddCustomerApprovals();
        services.Configure<NotificationsOptions>(options => options.Key = Convert.ToBase64String(new byte[32]));
        services.AddSingleton<Applications>().AddSingleton<IApprovalProcess>(provider => provider.GetRequiredService<Applications>());
    }

    /// <summary>The process that waits for the decision. It is told any number of times and goes on once.</summary>
    private sealed class Applications : IApprovalProcess
    {
        public const string Name = "card_application";

        private readonly HashSet<ApprovalId> resumed = [];

        public string Kind => Name;

        public int Resumed => resumed.Count;

        public void Forget() => resumed.Clear();

        public Task ResumeAsync(Approval approval, CancellationToken cancellation)
        {
            resumed.Add(approval.Id);
            return Task.CompletedTask;
        }
    }
}
