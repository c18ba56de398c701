namespace Serverless.Functions.Tests.MoneyRequests;

/// <summary>One bank for several classes whose customers pay each other: a start costs more than what they do.</summary>
[CollectionDefinition(Name)]
public sealed class SharedFriends : ICollectionFixture<FriendsBank>
{
    public const string Name = "friends";
}
