// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.UserProfile.Tag;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Names and describes segments. A name says how often, how lately and for how much the users buy
 * where that stands out from the middle of all users, and the tag they have most more of than
 * others.
 */
final class SegmentDescriptions {

  private static final int TAGS = 10;
  private static final int CHARACTERISTIC = 3;
  // Of the mean weight over all users: what a tag has to pass to tell a segment from the others.
  private static final double TELLING = 1.25;
  // Tags that are rarer than this, in shares of all interest, tell of a few users only.
  private static final double RARE = 0.01;

  private SegmentDescriptions() {}

  /** A segment for each cluster. */
  static List<Segment> of(
      KMeansModel clusters, Points points, List<Behaviour> behaviours, List<List<Tag>> interests) {
    int k = clusters.clusters();
    int[] labels = clusters.labels();
    int[] sizes = clusters.sizes();
    int[] bySize =
        IntStream.range(0, k)
            .boxed()
            .sorted(Comparator.comparingInt((Integer c) -> -sizes[c]).thenComparing(c -> c))
            .mapToInt(Integer::intValue)
            .toArray();
    Map<String, Double> overall = means(interests);
    Figures all = Figures.of(behaviours);
    Segment[] segments = new Segment[k];
    Set<String> names = new HashSet<>();
    for (int number = 0; number < k; number++) {
      int c = bySize[number];
      List<Behaviour> members = new ArrayList<>();
      List<List<Tag>> tags = new ArrayList<>();
      for (int u = 0; u < labels.length; u++) {
        if (labels[u] == c) {
          members.add(behaviours.get(u));
          tags.add(interests.get(u));
        }
      }
      Map<String, Double> means = means(tags);
      List<String> telling = telling(means, overall);
      Figures figures = Figures.of(members);
      segments[c] =
          new Segment(
              number,
              unique(name(figures, all, telling), number, names),
              sizes[c],
              sizes[c] / (double) points.size(),
              heaviest(means),
              telling,
              figures.spend,
              figures.rhythm);
    }
    return List.of(segments);
  }

  /** The figures of a group of users. */
  private record Figures(Segment.Spend spend, Segment.Rhythm rhythm) {

    static Figures of(List<Behaviour> users) {
      List<Behaviour> paying = users.stream().filter(b -> b.purchases() > 0).toList();
      return new Figures(
          new Segment.Spend(
              paying.size() / (double) Math.max(1, users.size()),
              median(paying.stream().mapToDouble(Behaviour::paid).toArray()),
              median(paying.stream().mapToDouble(Behaviour::purchases).toArray()),
              median(paying.stream().mapToDouble(Behaviour::recencyDays).toArray())),
          new Segment.Rhythm(
              median(users.stream().mapToDouble(Behaviour::activeDays).toArray()),
              median(
                  users.stream().mapToDouble(Behaviour::gapDays).filter(gap -> gap > 0).toArray()),
              median(users.stream().mapToDouble(Behaviour::lastSeenDays).toArray()),
              users.stream().mapToDouble(Behaviour::weekendShare).sum()
                  / Math.max(1, users.size())));
    }

    private static double median(double[] values) {
      if (values.length == 0) {
        return 0;
      }
      Arrays.sort(values);
      int middle = values.length / 2;
      return values.length % 2 == 1
          ? values[middle]
          : values[middle - 1] + (values[middle] - values[middle - 1]) / 2;
    }
  }

  private static String name(Figures own, Figures all, List<String> telling) {
    List<String> words = new ArrayList<>();
    if (own.spend.payingShare() < 0.5) {
      words.add(own.rhythm.activeDays() > all.rhythm.activeDays() ? "keen lookers" : "lookers");
    } else {
      double often = own.spend.purchases() / Math.max(1, all.spend.purchases());
      words.add(own.spend.purchases() <= 1 ? "one-time" : often >= 1.5 ? "frequent" : "occasional");
      double much = own.spend.monetary() / Math.max(1e-9, all.spend.monetary());
      if (all.spend.monetary() > 0) {
        words.add(much >= 1.5 ? "high spend" : much <= 1 / 1.5 ? "low spend" : "medium spend");
      }
    }
    double away = (1 + own.rhythm.lastSeenDays()) / (1 + all.rhythm.lastSeenDays());
    if (away >= 1.5) {
      words.add("away for long");
    } else if (away <= 1 / 1.5) {
      words.add("here lately");
    }
    if (own.rhythm.weekendShare() >= 0.5 && all.rhythm.weekendShare() < 0.4) {
      words.add("at weekends");
    }
    String name = String.join(", ", words);
    return telling.isEmpty() ? name : name + ": " + telling.get(0);
  }

  private static String unique(String name, int number, Set<String> names) {
    String free = names.contains(name) ? name + " (" + (number + 1) + ")" : name;
    names.add(free);
    return free;
  }

  /** The mean weight of each tag, over the users who have any. */
  private static Map<String, Double> means(List<List<Tag>> interests) {
    Map<String, Double> means = new HashMap<>();
    long users = interests.stream().filter(tags -> !tags.isEmpty()).count();
    for (List<Tag> ofUser : interests) {
      for (Tag tag : ofUser) {
        means.merge(tag.name(), tag.weight() / users, Double::sum);
      }
    }
    return means;
  }

  private static List<Tag> heaviest(Map<String, Double> means) {
    return means.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(TAGS)
        .map(tag -> new Tag(tag.getKey(), Math.min(1, tag.getValue())))
        .toList();
  }

  /**
   * Tags with more weight here than among all users, those first by which the segment differs most:
   * by p · ln(p / q), the tag's part of the divergence of Kullback and Leibler.
   */
  private static List<String> telling(Map<String, Double> means, Map<String, Double> overall) {
    Map<String, Double> gain = new HashMap<>();
    means.forEach(
        (tag, weight) -> {
          double common = overall.getOrDefault(tag, weight);
          if (weight >= TELLING * common && weight >= RARE) {
            gain.put(tag, weight * Math.log(weight / common));
          }
        });
    return gain.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(CHARACTERISTIC)
        .map(Map.Entry::getKey)
        .toList();
  }

  static void save(ModelWriter out, List<Segment> ofCluster) {
    int k = ofCluster.size();
    int[] numbers = new int[k];
    double[] figures = new double[8 * k];
    List<List<String>> tags = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int c = 0; c < k; c++) {
      Segment segment = ofCluster.get(c);
      numbers[c] = segment.number();
      Segment.Spend spend = segment.spend();
      Segment.Rhythm rhythm = segment.rhythm();
      double[] row = {
        spend.payingShare(),
        spend.monetary(),
        spend.purchases(),
        spend.recencyDays(),
        rhythm.activeDays(),
        rhythm.gapDays(),
        rhythm.lastSeenDays(),
        rhythm.weekendShare()
      };
      System.arraycopy(row, 0, figures, 8 * c, 8);
      tags.add(segment.tags().stream().map(Tag::name).toList());
      segment.tags().forEach(tag -> weights.add(tag.weight()));
    }
    out.texts("names", ofCluster.stream().map(Segment::name).toList())
        .ints("numbers", numbers)
        .doubles("figures", figures, k, 8)
        .textLists("tags", tags)
        .doubles("weights", weights.stream().mapToDouble(Double::doubleValue).toArray())
        .textLists("characteristic", ofCluster.stream().map(Segment::characteristicTags).toList());
  }

  static List<Segment> read(ModelReader in, int[] sizes, int users) {
    int k = sizes.length;
    List<String> names = in.texts("names", k);
    int[] numbers = in.ints("numbers", k);
    double[] figures = in.doubles("figures", k, 8);
    List<List<String>> tags = in.textLists("tags", k);
    double[] weights = in.doubles("weights", tags.stream().mapToInt(List::size).sum());
    List<List<String>> characteristic = in.textLists("characteristic", k);
    boolean[] taken = new boolean[k];
    for (int number : numbers) {
      if (number < 0 || number >= k || taken[number]) {
        throw in.damaged("numbers hold " + number + ", out of range or twice");
      }
      taken[number] = true;
    }
    for (double figure : figures) {
      if (!(figure >= 0 && figure <= Double.MAX_VALUE)) {
        throw in.damaged("figures hold " + figure);
      }
    }
    List<Segment> segments = new ArrayList<>();
    int weight = 0;
    try {
      for (int c = 0; c < k; c++) {
        List<Tag> ofSegment = new ArrayList<>();
        for (String tag : tags.get(c)) {
          ofSegment.add(new Tag(tag, weights[weight++]));
        }
        double[] f = Arrays.copyOfRange(figures, 8 * c, 8 * c + 8);
        segments.add(
            new Segment(
                numbers[c],
                names.get(c),
                sizes[c],
                sizes[c] / (double) users,
                ofSegment,
                characteristic.get(c),
                new Segment.Spend(f[0], f[1], f[2], f[3]),
                new Segment.Rhythm(f[4], f[5], f[6], f[7])));
      }
    } catch (IllegalArgumentException e) {
      throw in.damaged("segments: " + e.getMessage(), e);
    }
    return List.copyOf(segments);
  }
}
