using System.Reflection;
using Azure.Data.Tables;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Architecture;

/// <summary>No operation that moves, reserves or blocks money is forgotten by the crash tests.</summary>
public sealed class CrashSafetyTests
{
    private static readonly Assembly Product = typeof(PostJournal).Assembly;

    private static readonly Assembly Tests = typeof(CrashSafetyTests).Assembly;

    private static readonly CallGraph Calls = new(Product, Tests, typeof(CrashHarness).Assembly);

    /// <summary>The ledger's tables without money: what points at what is open or due, where a row too many costs a look, and how far a proof has come.</summary>
    private static readonly Type[] Indexes = [typeof(OpenJournals), typeof(HoldIndex), typeof(BooksRuns)];

    private const string HowTo = """
        These operations write the ledger and no crash test names them:
          MISSING
        Write one in tests/Banking.Tests (Ledger/CrashTests.cs and Bills/CrashTests.cs show how):
          [Fact, ProvesCrashSafety(typeof(YourOperation))]
          public async Task Your_operation_killed_at_any_storage_call_is_done_once_or_not_at_all() =>
              Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
                  Arrange: bank => bank.OpenAccountAsync("100000001", "100.00"),
                  Act: (bank, account) => bank.Get<YourOperation>().RunAsync(/* the same id or key on every call */),
                  Check: async (bank, account) => /* balances, holds AND every row of yours: 0 not done, 1 done, else -1 */)
              {
                  Services = services => services.AddYours(),
                  Heal = (bank, account) => /* your own sweep, when you have one */,
              }), low, high);
        """;

    [Fact]
    public void Every_operation_that_writes_the_ledger_is_killed_at_each_of_its_storage_calls_by_a_test()
    {
        var missing = Writers().Except(Proofs().Select(proof => proof.Operation)).Select(type => type.FullName!).Order(StringComparer.Ordinal).ToArray();

        Assert.True(missing.Length == 0, HowTo.Replace("MISSING", string.Join("\n  ", missing), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_test_that_claims_a_proof_kills_the_operation_it_names()
    {
        var harness = typeof(CrashHarness).GetMethod(nameof(CrashHarness.ForEveryStorageCallAsync))!;

        Assert.All(Proofs(), proof =>
        {
            var reached = Calls.ReachedFrom([proof.Test]);
            Assert.True(reached.Contains(harness), $"{proof.Test.Name} does not use the crash harness.");
            Assert.True(
                reached.Any(method => method.DeclaringType == proof.Operation && method is { IsConstructor: false, IsPublic: true }),
                $"{proof.Test.Name} does not call {proof.Operation.Name}.");
        });
    }

    /// <summary>The search itself finds who writes, however far away, and leaves out who reads.</summary>
    [Fact]
    public void Writers_are_told_from_readers()
    {
        var writers = Writers().ToHashSet();

        Type[] expected = [typeof(PostJournal), typeof(VoidJournal), typeof(OpenBook), typeof(PlaceHold), typeof(PayInvoice), typeof(ConfirmPayment), typeof(SweepPayments)];
        Assert.Empty(expected.Except(writers));
        Assert.Empty(writers.Intersect([typeof(ReadBook), typeof(ReadEntries), typeof(ProveBooks), typeof(FindJournal), typeof(FindPayment), typeof(QuotePayment)]));
    }

    private static IEnumerable<Type> Writers()
    {
        var writes = Product.GetTypes()
            .Where(type => Outermost(type) is { Namespace: "Serverless.Banking.Ledger" } owner && !Indexes.Contains(owner))
            .SelectMany(Methods).Where(method => Calls.CallsDirectly(method).Any(IsWrite)).ToHashSet();
        var writers = Calls.Reaching(writes);
        return Product.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .Where(type => Methods(type).Any(method => method is { IsPublic: true, IsConstructor: false } && writers.Contains(method)));
    }

    private static IEnumerable<(MethodInfo Test, Type Operation)> Proofs() =>
        from type in Tests.GetTypes()
        from method in type.GetMethods()
        from proof in method.GetCustomAttributes<ProvesCrashSafetyAttribute>()
        select (method, proof.Operation);

    private static IEnumerable<MethodBase> Methods(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly).OfType<MethodBase>();

    private static bool IsWrite(MethodBase method) => method.DeclaringType == typeof(TableClient)
        && (method.Name is "SubmitTransactionAsync" || (method.Name.EndsWith("EntityAsync", StringComparison.Ordinal) && method.Name is not "GetEntityAsync"));

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
