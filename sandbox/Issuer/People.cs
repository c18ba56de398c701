using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Issuer;

internal sealed record StaffProfile(string Id, string Name, IReadOnlyList<string> Roles);

/// <summary>Who can sign in: sandbox/Data/people.json, and anybody else under the name of the id.</summary>
internal sealed class People
{
    private readonly PeopleSeed seed = SeedData.Read<PeopleSeed>("people.json");

    public IReadOnlyList<StaffProfile> Staff => seed.Staff;

    public StaffProfile StaffMember(string id) => seed.Staff.FirstOrDefault(member => member.Id == id) ?? new StaffProfile(id, id, []);

    internal sealed record PeopleSeed(IReadOnlyList<StaffProfile> Staff);
}
