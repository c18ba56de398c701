using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Issuer;

internal sealed record CustomerProfile(string Number, string Name, string Email, string Phone, string Locale);

internal sealed record StaffProfile(string Id, string Name, string Email, string Phone, string Locale, IReadOnlyList<string> Roles);

/// <summary>Who can sign in: sandbox/Data/people.json, and anybody else with a profile made up from the number.</summary>
internal sealed class People
{
    private readonly PeopleSeed seed = SeedData.Read<PeopleSeed>("people.json");

    public IReadOnlyList<CustomerProfile> Customers => seed.Customers;

    public IReadOnlyList<StaffProfile> Staff => seed.Staff;

    public CustomerProfile Customer(string number) => seed.Customers.FirstOrDefault(customer => customer.Number == number)
        ?? new CustomerProfile(number, $"Customer {number}", $"customer.{number}@example.com", $"+35569{number[^7..]}", "sq");

    public StaffProfile StaffMember(string id) => seed.Staff.FirstOrDefault(member => member.Id == id)
        ?? new StaffProfile(id, id, $"{id}@bank.example.com", "+35542000000", "sq", []);

    internal sealed record PeopleSeed(IReadOnlyList<CustomerProfile> Customers, IReadOnlyList<StaffProfile> Staff);
}
