using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.Bills;
using Serverless.Banking.Cancellations;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Interbank;
using Serverless.Banking.Quotes;
using Serverless.Banking.Tests.Interbank;
using Serverless.Banking.Tests.Transfers;
using Serverless.Banking.Transfers;
using Serverless.Banking.Turnovers;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Cancellations;

public sealed class CancellationCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private static readonly CustomerId Besa = CustomerId.Of("100000002");

    [Fact, ProvesCrashSafety(typeof(AdvanceCancellation))]
    public async Task A_transfer_that_has_not_left_is_stopped_and_its_hold_lifted_once() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<InterbankScene>(
            async bank =>
            {
                var scene = await InterbankScene.ArrangeAsync(bank, "Viktor");
                Assert.True((await scene.ConfirmAsync(bank)).IsSuccess);
                await bank.Get<BeginInterbankOrder>().RunAsync(scene.Id, CancellationToken.None);
                await RequestAsync(bank, scene.Id.Value, CancellationState.Approved);
                return scene;
            },
            (bank, scene) => AdvanceAsync(bank, scene.Id.Value),
            async (bank, scene) => $"{await scene.SeeAsync(bank)} {await SeeAsync(bank, scene.Id.Value)}" switch
            {
                "200000 60000 Accepted Suspended Approved 1" => 0,
                "200000 0 Rejected Rejected Cancelled 0" => 1,
                _ => -1,
            })
        {
            Services = Services,
            Heal = (bank, scene) => AdvanceAsync(bank, scene.Id.Value),
        }), 5, 40);

    [Fact, ProvesCrashSafety(typeof(AdvanceCancellation))]
    public async Task Money_that_its_receiver_gives_back_comes_back_once() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<TransferScene>(
            bank => TransferredAsync(bank, CancellationState.Returning),
            (bank, scene) => AdvanceAsync(bank, IdOf(bank, scene)),
            (bank, scene) => CheckAsync(bank, scene, "Returning"))
        {
            Services = Services,
            Heal = (bank, scene) => AdvanceAsync(bank, IdOf(bank, scene)),
        }), 8, 40);

    [Fact, ProvesCrashSafety(typeof(SettleApproval)), ProvesCrashSafety(typeof(AdvanceApprovals))]
    public async Task The_receivers_consent_killed_anywhere_returns_the_money_once() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<TransferScene>(
            async bank =>
            {
                var scene = await TransferredAsync(bank, CancellationState.AwaitingConsent);
                var approval = Consent(bank, scene);
                await bank.Get<ApprovalTable>().RemindAsync(Besa, approval.Id, [bank.Now + Duration.FromDays(5)], CancellationToken.None);
                await bank.Get<ApprovalTable>().AddAsync(approval, StoredApproval.KeyOf(approval.Document!.Process, approval.Document.ProcessId), CancellationToken.None);
                return scene;
            },
            async (bank, scene) =>
            {
                var decided = await bank.Get<DecideApproval>().RunAsync(
                    new ApprovalVerdict(Besa, Consent(bank, scene).Id, ApprovalDecision.Approve, 1, null), AuditActor.Customer(Besa), CancellationToken.None);
                Assert.True(decided.IsSuccess, decided.Error?.Code);
                await bank.Get<SettleApproval>().RunAsync(Besa, decided.Value.Id, CancellationToken.None);
            },
            (bank, scene) => CheckAsync(bank, scene, "AwaitingConsent"))
        {
            Services = Services,
            MayLeave = [new("CustomerApprovals due/*", 2, "The timer looks once more, and finds nothing to do.", 1)],
            Heal = async (bank, scene) =>
            {
                await bank.Get<AdvanceApprovals>().RunAsync(bank.Now + Duration.FromMinutes(2), CancellationToken.None);
                if (await bank.Get<FindCancellation>().RunAsync(Arta, IdOf(bank, scene), CancellationToken.None) is { Value.State: not CancellationState.AwaitingConsent })
                    await AdvanceAsync(bank, IdOf(bank, scene));
            },
        }), 8, 60);

    [Fact, ProvesCrashSafety(typeof(RefuseCancellation))]
    public async Task A_refusal_killed_anywhere_is_one_refusal_or_none() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<TransferScene>(
            bank => TransferredAsync(bank, CancellationState.Requested),
            async (bank, scene) => Assert.True((await bank.Get<RefuseCancellation>().RunAsync(
                Arta, IdOf(bank, scene), "Pa arsye", AuditActor.Staff("agent-1"), CancellationToken.None)).IsSuccess),
            async (bank, scene) => await SeeAsync(bank, IdOf(bank, scene)) switch
            {
                "Requested 1" => 0,
                "Refused 0" => 1,
                _ => -1,
            })
        {
            Services = Services,
            MayLeave = [new("Audit */*", 2, "That somebody began to refuse is worth keeping."), new("Notices *", 4, "The contact centre is told when the request is looked at.", 4)],
            Heal = async (bank, scene) =>
            {
                if (await bank.Get<FindCancellation>().RunAsync(Arta, IdOf(bank, scene), CancellationToken.None) is { Value.State: CancellationState.Refused })
                    await AdvanceAsync(bank, IdOf(bank, scene));
            },
        }), 3, 30);

    private static void Services(IServiceCollection services)
    {
        InterbankScene.Services(services);
        services.AddApprovals().AddBills().AddCustomerApprovals().AddTurnovers().AddCancellations();
    }

    private static async Task<TransferScene> TransferredAsync(TestBank bank, CancellationState state)
    {
        var scene = await TransferScene.ArrangeAsync(bank);
        var sent = await TransferScene.ConfirmAsync(bank, scene.Quote);
        await bank.SettleAsync();
        await RequestAsync(bank, sent.Value!.Id.Value, state);
        return scene;
    }

    /// <summary>Taken, and brought into the state as staff and workflow do.</summary>
    private static async Task RequestAsync(TestBank bank, Guid number, CancellationState state)
    {
        var requested = await bank.Get<RequestCancellation>().RunAsync(
            new CancellationRequest(Arta, number, "Gabim", IdempotencyKey.Of("k"), "hash"), CancellationToken.None);
        Assert.True(requested.IsSuccess, requested.Error?.Code);
        var table = bank.Get<CancellationTable>();
        var record = (await table.FindAsync(Arta, number, CancellationToken.None))!;
        if (state != CancellationState.Requested)
            await table.ChangeAsync(record, it => it.State == CancellationState.Requested ? it.At(state, bank.Now) : null, CancellationToken.None);
    }

    private static Guid IdOf(TestBank bank, TransferScene scene) => TransferId.OfQuote(
        Arta, bank.Get<SealedQuotes>().OpenEvenExpired<TransferTerms>(Arta, TransferKind.Inside.Code(), scene.Quote).Value!.Id).Value;

    private static Approval Consent(TestBank bank, TransferScene scene)
    {
        var process = $"{Arta.Value}|{IdOf(bank, scene):N}";
        var at = Instant.FromUtc(2026, 1, 1, 0, 0);
        return new Approval(ApprovalId.Of(at, process), Besa, ApprovalState.Pending, at, Instant.FromUtc(2036, 1, 1, 0, 0), null, null)
        {
            Document = new ApprovalDocument("Kthim", 1, "hash", CancellationCourse.Process, process),
        };
    }

    private static Task AdvanceAsync(TestBank bank, Guid number) => bank.Get<AdvanceCancellation>().RunAsync(Arta, number, CancellationToken.None);

    private static async Task<int> CheckAsync(TestBank bank, TransferScene scene, string before)
    {
        var money = $"{(await bank.BalanceAsync(scene.From)).Minor} {(await bank.BalanceAsync(scene.To)).Minor}";
        return $"{money} {await SeeAsync(bank, IdOf(bank, scene))}" switch
        {
            var seen when seen == $"150000 50000 {before} 1" => 0,
            "200000 0 Cancelled 0" => 1,
            _ => -1,
        };
    }

    /// <summary>State, and how many the contact centre sees as open: <c>Cancelled 0</c>.</summary>
    private static async Task<string> SeeAsync(TestBank bank, Guid number)
    {
        var it = (await bank.Get<FindCancellation>().RunAsync(Arta, number, CancellationToken.None)).Value!;
        var open = (await bank.Get<ListOpenCancellations>().RunAsync(CancellationToken.None)).Count;
        return $"{it.State} {open}";
    }
}
