using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Accounts;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.EKlik;
using Serverless.Banking.PersonalData;
using Serverless.Banking.Storage;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.PersonalData;

public sealed class ErasureCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private static readonly ContactDetails Contact = new(Arta, "Arta Hoxha", Language.Albanian, "push", "arta@example.com", "+355691234567", "I05101999Q");

    [Fact, ProvesCrashSafety(typeof(ErasePersonalData))]
    public async Task An_erasure_killed_at_any_storage_call_is_finished_by_its_repetition() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<object?>(
            Arrange: async bank =>
            {
                _ = (await bank.Get<SaveContactDetails>().RunAsync(Contact, CancellationToken.None)).Value;
                return null;
            },
            Act: (bank, _) => bank.Get<ErasePersonalData>().RunAsync(Arta, CancellationToken.None),
            Check: async (bank, _) => (await bank.Get<FindContactDetails>().RunAsync(Arta, CancellationToken.None), await OwnerAsync(bank)) switch
            {
                ({ Name: "Arta Hoxha" }, _) => 0,
                (null, null) => 1,
                _ => -1,
            })
        {
            Services = AddTo,
            Heal = (bank, _) => bank.Get<ErasePersonalData>().RunAsync(Arta, CancellationToken.None),
        }), 5, 80);

    private static Task<CustomerId?> OwnerAsync(TestBank bank) => bank.Get<FindCustomerByPhone>().RunAsync((PhoneNumber)PhoneNumber.Find(Contact.Phone)!, CancellationToken.None);

    private static void AddTo(IServiceCollection services)
    {
        WorkMessages.AddTo(services);
        services.AddAccounts().AddCustomers().AddCredentials().AddEKlik().AddPersonalData();
        foreach (var holding in PersonalHoldings.All)
            services.AddTable(holding.Table);
    }
}
