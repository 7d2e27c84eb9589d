// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.TestCases;
import dev.pushwright.spi.Models;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The protocol of the NCF paper on MovieLens 1M: HR@10 and NDCG@10 among 99 negatives.
 *
 * <p>Defaults were chosen without the test pairs: each user's last pair of training was held out
 * and ranked among 99 items drawn from those the user has not in training. What was tried (the last
 * learning rate is 0.02 of the first, 10 epochs of 4 negatives in batches of 1024 where nothing is
 * said; Adagrad in batches of 512), with HR@10 and NDCG@10 of the held-out pairs, which are about
 * .025 and .013 higher than those of the test pairs:
 *
 * <pre>
 * gmf, 64, lazy Adam .002, λ .003, h free from a random beginning     .7276 .4380
 * gmf, 64, lazy Adam .002, λ .005, h drawn to 1                       .7149 .4257
 * gmf, 64, lazy Adam .008, λ .005, h drawn to 1                       .7359 .4469
 * gmf, 64, Adagrad .05 / .1 / .2 / .4, λ .005       .6821 .7189 .7313 .7331 (NDCG .4433 for .4)
 * gmf, 64, Adagrad .05, λ .008                                        .6778 .3964
 * gmf, 128, lazy Adam .01, λ .005, 8 negatives                        .7344 .4481
 * gmf, 128, Adagrad .15, λ .005, 8 negatives                          .7414 .4542
 * gmf, 128, Adagrad .2, λ .006, 8 negatives                           .7459 .4580  taken
 * gmf, 192, Adagrad .2, λ .006, 8 negatives, 16 epochs                .7460 .4595
 * mlp, 64-32-16, lazy Adam .002, λ .001 / .002              .6687 .3865, .6747 .3906
 * mlp, 64-32-16, the same with a fifth dropped, 6 epochs              .6343 .3566
 * mlp, 64-32-16, lazy Adam .003, λ .001, a tenth dropped, tables from .1  .6606 .3795
 * mlp, 64-32-16, Adam .001, λ .001                                    .6738 .3935
 * mlp, 64-32-16, Adagrad .02, λ .001                                  .6142 .3447
 * mlp, 64-32-16, layers by Adam .001, tables from .1 by Adagrad .1    .6424 .3703
 * mlp, 64-32-16, layers by lazy Adam .004 / .002 / .001, tables by half / 3 / 10 times that,
 *   λ .001 / .001 / .002                        .6785 .3931, .6821 .3969, .6848 .3986
 * mlp, 64-32-16, lazy Adam .002, λ .001, 8 negatives                  .6906 .4078
 * mlp, 64-32-16, the same with tables by 4 / 3 times that, λ .002 / .004
 *                                                            .6884 .4092, .6912 .4071
 * mlp, 128-64-32, lazy Adam .004, λ .0005, 8 epochs, tables from .05  .6863 .3984
 * mlp, 128-64-32, lazy Adam .008, λ .001, 8 epochs, tables from .1    .6859 .4020
 * mlp, 128-64-32, lazy Adam .003, λ .002, 8 negatives, 9 epochs       .7000 .4141
 * mlp, 256-128-64, lazy Adam .002, λ .002, 8 negatives, 8 epochs      .7118 .4239
 * mlp, the same with negatives drawn from all items, after 4 / 6 / 8 epochs
 *                                            .6657 .3839, .6877 .4062, .6904 .4063
 * mlp, the same with 16 negatives, 5 epochs, after 3 / 4 / 5
 *                                            .6896 .4089, .7048 .4190, .7033 .4215
 * mlp, the same with λ .004, after 2 / 4 / 6 of 8 epochs
 *                                            .6541 .3755, .6962 .4087, .7103 .4215
 * mlp, the same with λ .004 and weights of layers that decay by .05, 6 epochs, after 2 / 4 / 6
 *                                            .6520 .3771, .6978 .4109, .7038 .4223
 * mlp, 256-192-96, lazy Adam .002, λ .002, 8 negatives, 6 epochs, after 2 / 4 / 6
 *                                            .6553 .3760, .7020 .4135, .7066 .4207
 * mlp, 256-128-64-32, the same               .6512 .3759, .6940 .4094, .6978 .4189
 * mlp, 64-64-32 / 128-32-16 / 64-128-64 / 64-64-32-16, the same, after 6
 *                                .6879 .4015, .6752 .3964, .6954 .4082, .6859 .4051
 * mlp, 256-128-64 as above, the rate falling to .2 of the first, after 5 / 6 / 7 / 8 epochs
 *                      .7041 .4172, .7089 .4217, .7101 .4230, .7108 .4239
 * mlp, the mean over the last of those epochs / last 2 / last 3, after 6
 *                                .7149 .4253, .7157 .4252, .7071 .4203
 * mlp, the same after 7          .7146 .4255, .7156 .4264, .7177 .4263
 * mlp, the same after 8          .7091 .4255, .7127 .4263, .7142 .4266  the last taken
 * neumf, 64 and 64-32-16, lazy Adam .006, λ .004, 8 epochs            .7248 .4341
 * neumf, 64 and 64-32-16, layers by Adam .001, tables from .05 by Adagrad .15, λ .005, 8 epochs
 *                                                                     .7175 .4332
 * neumf, 128 and 64-32-16, lazy Adam .008, λ .007, 8 negatives, 7 epochs  .7439 .4560  taken
 * the gmf taken and the mlp of 128-64-32 with .008 together, gmf's share
 *   of the logit .4 / .5 / .6 / .75 / .85           .7243 .7341 .7382 .7464 .7488
 * those with .5, then 1 or 2 epochs of lazy Adam .002, λ .007     .7272 .4444, .7224 .4398
 * the gmf taken and the mlp of .7118 together, gmf's share .4 / .5 / .6 / .7 / .8 / .85 / .9
 *             .7402 .7430 .7462 .7490 .7507 .7502 .7497 (NDCG .4600 for .8)  .8 taken
 * the gmf of 192 and the mlp of .7118, gmf's share .7 / .8 / .85 / .9
 *                               .7503 .7498 .7517 .7520 (NDCG .4627 for .9)
 * those with .9, then an epoch of SGD .001, λ .007, 4 negatives       .7520 .4660  taken
 * </pre>
 *
 * <p>mf-logloss, by a program that moves the parameters sample by sample, with 192 factors, λ .005
 * and 8 negatives, after part of the epochs and after all:
 *
 * <pre>
 * own items rejected, .016, 44 epochs, after 22 / 33 / 44
 *                                            .7379 .4570, .7376 .4571, .7359 .4569
 * drawn from all, .016, 44 epochs, after 22 / 33 / 44
 *                                            .7368 .4509, .7424 .4572, .7424 .4604
 * drawn from all, .016, 64 epochs, after 32 / 48 / 64
 *                                            .7437 .4603, .7439 .4635, .7464 .4632  taken
 * drawn from all, .016, 88 epochs, after 44 / 66 / 88
 *                                            .7435 .4624, .7440 .4641, .7447 .4634
 * drawn from all, .024, 44 epochs, after 22 / 33 / 44
 *                                            .7440 .4599, .7455 .4622, .7437 .4632
 * drawn from all, .008, 88 epochs            .7430 .4606
 * drawn from all, .002 throughout as in the paper, after 128 / 192 / 256 epochs
 *                                            .7325 .4504, .7442 .4617, .7469 .4649
 * </pre>
 *
 * <p>The mlp of 256-128-64 has .6844 .4026 of the held-out pairs after 3 epochs, .7157 .4238 after
 * 6 and .7118 .4239 after all 8, while the loss goes on falling: .1929, .1709, .1593. A wider one
 * has learned its pairs better after 6 epochs, with a loss of .1678, and ranks no better.
 */
@Tag("accuracy")
@EnabledIf(
    value = "dev.pushwright.neural.PublishedData#ncfIsHere",
    disabledReason = "ml-1m-ncf is absent; give its parent folder with -Dpushwright.data=FOLDER")
class NeuralAccuracyTest {

  private static Split split;
  private static TestCases cases;

  @BeforeAll
  static void readTheData() {
    split = PublishedData.ncf();
    cases = PublishedData.sampled(split);
  }

  private static RecommenderModel reaches(Recommender recommender, double hitRate, double ndcg) {
    RecommenderModel model = recommender.fit(split.train(), FitContext.standard());
    PublishedData.Ranking found = PublishedData.ranking(model, cases);
    assertThat(found.hitRate()).as("HR@10").isGreaterThan(hitRate);
    assertThat(found.ndcg()).as("NDCG@10").isGreaterThan(ndcg);
    return model;
  }

  // Measured .7192/.4458 (three seeds: .7212 ± .0022/.4466 ± .0008).
  @Test
  void gmfReachesWhatWasMeasured() {
    reaches(Gmf.builder().build(), 0.711, 0.438);
  }

  // Measured .6960/.4190, and by other seeds .6868/.4115 and .6922/.4173. Without the mean, at a
  // rate that falls to .02, the first two had .6877/.4130 and .6854/.4090.
  @Test
  void mlpReachesWhatWasMeasured() {
    reaches(Mlp.builder().build(), 0.686, 0.411);
  }

  // Measured .7242/.4490 for this gmf and .6877/.4130 for this mlp, that of before the mean. Both
  // together had .7296/.4523 before the epoch of SGD and .7359/.4552 after it, with the mlp of
  // another seed .7288/.4520 and .7305/.4535, with the third seed throughout .7303/.4546 and
  // .7320/.4551; He et al. have .730/.447. With the gmf of 128 factors it was .7240/.4482 before
  // a step.
  @Test
  void gmfAndMlpTogetherReachWhatWasMeasured(@TempDir Path folder) {
    Path gmf = folder.resolve("gmf.safetensors");
    Path mlp = folder.resolve("mlp.safetensors");
    Models.save(reaches(Gmf.builder().factors(192).epochs(16).build(), 0.717, 0.444), gmf);
    Recommender plain = Mlp.builder().learningRateFloor(0.02).averagedEpochs(0).build();
    Models.save(reaches(plain, 0.681, 0.407), mlp);
    reaches(
        NeuMf.builder()
            .factors(192)
            .layers(256, 128, 64)
            .pretrained(gmf, mlp)
            .gmfShare(0.9)
            .optimizer(OptimizerRule.SGD)
            .learningRate(0.001)
            .negatives(4)
            .epochs(1)
            .build(),
        0.730,
        0.447);
  }

  // Measured .7195/.4428 (three seeds: .7176 ± .0018/.4431 ± .0005). The independent re-run of the
  // paper has .7093/.4349.
  @Test
  void neuMfReachesWhatWasMeasured() {
    reaches(NeuMf.builder().build(), 0.711, 0.435);
  }

  // Measured .7308/.4528 (three seeds: .7296 ± .0018/.4526 ± .0025); Rendle et al. have
  // .7294/.4523 after up to 256 epochs. With own items rejected it was .7263/.4522 after 44 epochs
  // and .7101/.4449 after 128.
  @Test
  void logisticMatrixFactorisationReachesWhatWasMeasured() {
    reaches(MfLogLoss.builder().build(), 0.722, 0.446);
  }
}
