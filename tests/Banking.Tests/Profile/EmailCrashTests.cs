using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Messages;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Profile;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Profile;

public sealed class EmailCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    /// <summary>The customer may have closed the app: a change that was confirmed is completed, and the old address told, by the timer.</summary>
    [Fact]
    public async Task A_confirmed_address_killed_at_any_storage_call_is_in_force_and_told_to_the_old_one_once_or_nothing_is_done() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(Guid Id, string Code)>(
            Arrange: async bank =>
            {
                await bank.Get<SaveContactDetails>().RunAsync(new ContactDetails(Arta, "Arta Hoxha", Language.English, null, "old@example.com", null), CancellationToken.None);
                var begun = await bank.Get<ChangeEmail>().RunAsync(Arta, "new@example.com", IdempotencyKey.Of("change"), "hash", null, CancellationToken.None);
                var due = bank.Get<WorkMessages>().Take<NoticeDue>(WorkQueues.Notices)[^1];
                var notice = (await bank.Get<NoticeTable>().FindAsync(NoticeId.Parse(due.NoticeId), CancellationToken.None))!.Notice;
                return (begun.Value!.Id, notice.SecretWords["code"]);
            },
            Act: async (bank, change) => Assert.Equal("new@example.com", (await bank.Get<ConfirmEmail>().RunAsync(Arta, change.Id, change.Code, CancellationToken.None)).Value),
            Check: async (bank, _) =>
            {
                var day = bank.Now.InUtc().Date;
                var recorded = await bank.Get<ListAudit>().RunAsync(
                    new AuditFilter(day.PlusDays(-1), day.PlusDays(1), Action: "email_changed"), PageRequest.First, CancellationToken.None);
                return ((await bank.Get<FindContactDetails>().RunAsync(Arta, CancellationToken.None))!.Email, recorded.Items.Count, await bank.SeeNoticesAsync()) switch
                {
                    ("old@example.com", 0, "Email EmailCode of 100000001") => 0,
                    ("new@example.com", 1, "Email EmailChanged of 100000001, Email EmailCode of 100000001") => 1,
                    _ => -1,
                };
            })
        {
            Services = services =>
            {
                WorkMessages.AddTo(services);
                services.AddPartners().AddCustomers().AddNotifications().AddProfile();
                services.Configure<NotificationsOptions>(options => options.Key = Convert.ToBase64String(new byte[32]));
            },
            Heal = (bank, _) => bank.Get<AdvanceProfiles>().RunAsync(bank.Now, CancellationToken.None),
        }), 8, 30);
}
