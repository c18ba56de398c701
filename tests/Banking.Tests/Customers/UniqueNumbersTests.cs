using Serverless.Banking.Customers;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Customers;

public sealed class UniqueNumbersTests
{
    private const string Phone = "+355691234567";
    private const string Other = "+355697654321";
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private static readonly CustomerId Besa = CustomerId.Of("100000002");

    [Fact]
    public async Task A_number_leads_to_the_one_customer_who_has_it_and_is_free_when_given_up()
    {
        await using var bank = await StartAsync();

        Assert.True((await SaveAsync(bank, Arta, Phone, "I05101999Q")).IsSuccess);
        Assert.Equal(new PhoneTaken(), (await SaveAsync(bank, Besa, Phone, null)).Error);
        Assert.Equal(new PersonalNumberTaken(), (await SaveAsync(bank, Besa, Other, "i05101999q")).Error);
        Assert.Equal((Arta, Arta), (await FindAsync(bank, Phone), await FindPersonAsync(bank, "I05101999Q")));
        Assert.Null(await FindAsync(bank, Other));

        Assert.True((await SaveAsync(bank, Arta, Other.Replace("7654321", "7777777", StringComparison.Ordinal), null)).IsSuccess);
        Assert.Null(await FindAsync(bank, Phone));
        Assert.Null(await FindPersonAsync(bank, "I05101999Q"));
        Assert.True((await SaveAsync(bank, Besa, Phone, "I05101999Q")).IsSuccess);
        Assert.Equal(Besa, await FindAsync(bank, Phone));
    }

    [Fact]
    public async Task Of_eight_customers_who_claim_a_number_at_once_one_gets_it()
    {
        await using var bank = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => SaveAsync(bank, CustomerId.Of($"10000000{i}"), Phone, null)));

        var winner = Assert.Single(answers, answer => answer.IsSuccess).Value!;
        Assert.Equal(winner.Customer, await FindAsync(bank, Phone));
        Assert.All(answers.Where(answer => !answer.IsSuccess), answer => Assert.Equal(new PhoneTaken(), answer.Error));
    }

    [Theory]
    [InlineData(KillMoment.Before)]
    [InlineData(KillMoment.After)]
    public async Task Killed_anywhere_the_number_is_the_old_or_the_new_ones_and_a_repeat_completes_it(KillMoment moment)
    {
        for (var call = 1; ; call++)
        {
            await using var bank = await StartAsync();
            await SaveAsync(bank, Arta, Phone, null);
            bank.Storage.KillAt(call, moment);
            try
            {
                await SaveAsync(bank, Arta, Other, null);
            }
            catch (Exception) when (bank.Storage.IsDead)
            {
            }

            var killed = bank.Storage.IsDead;
            await using var restarted = bank.Restarted();
            Assert.Single(new[] { await FindAsync(restarted, Phone), await FindAsync(restarted, Other) }, found => found == Arta);
            Assert.True((await SaveAsync(restarted, Arta, Other, null)).IsSuccess);
            Assert.Equal(Arta, await FindAsync(restarted, Other));

            // What a kill left behind locks the number for minutes, not for ever.
            restarted.Clock.Advance(TimeSpan.FromMinutes(5));
            Assert.True((await SaveAsync(restarted, Besa, Phone, null)).IsSuccess);
            Assert.Equal((Besa, Arta), (await FindAsync(restarted, Phone), await FindAsync(restarted, Other)));
            if (!killed)
                return;
        }
    }

    [Theory]
    [InlineData("+355 69 123-4567", Phone)]
    [InlineData("069 123 4567", Phone)]
    [InlineData("00355691234567", Phone)]
    [InlineData("+39 333 1234567", "+393331234567")]
    [InlineData("12", null)]
    [InlineData("+35569123456789", null)]
    [InlineData("06x1234567", null)]
    public void A_phone_number_is_read_as_people_write_it(string text, string? expected) => Assert.Equal(expected, PhoneNumber.Find(text)?.Value);

    [Theory]
    [InlineData("I05101999Q", true)]
    [InlineData("i05101999q", true)]
    [InlineData("I0510199Q", false)]
    [InlineData("105101999Q", false)]
    [InlineData("I051019990", false)]
    [InlineData("I05101999QQ", false)]
    public void A_personal_number_is_a_letter_eight_digits_and_a_letter(string text, bool isOne) => Assert.Equal(isOne, PersonalNumber.Find(text) is not null);

    private static Task<TestBank> StartAsync() => TestBank.StartAsync(services => services.AddCustomers());

    private static Task<Result<ContactDetails>> SaveAsync(TestBank bank, CustomerId customer, string? phone, string? person) =>
        bank.Get<SaveContactDetails>().RunAsync(
            new ContactDetails(customer, "Test", Language.English, null, null, phone, person?.ToUpperInvariant()), CancellationToken.None);

    private static Task<CustomerId?> FindAsync(TestBank bank, string phone) =>
        bank.Get<FindCustomerByPhone>().RunAsync(PhoneNumber.Find(phone)!.Value, CancellationToken.None);

    private static Task<CustomerId?> FindPersonAsync(TestBank bank, string person) =>
        bank.Get<FindCustomerByPersonalNumber>().RunAsync(PersonalNumber.Find(person)!.Value, CancellationToken.None);
}
